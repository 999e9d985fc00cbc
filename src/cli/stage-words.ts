import type { Stage } from '../night/stage.ts';
import type { StageProgress } from '../night/stage-progress.ts';
import { secondsLeft, type Expectation } from '../night/time-left.ts';
import { count, duration, size } from './output.ts';

/** A stage in hand: `1,200,000 rows, 310.0 MB, 410,000 rows/s, about 40 s left`; empty where there is nothing to say. */
export function stageWords(
  stage: Stage,
  elapsed: number,
  progress: StageProgress,
  expected: Expectation | undefined,
): string {
  const { rows, bytes, datasets } = progress;
  const left = secondsLeft(expected, stage, elapsed, progress);
  return [
    ...(rows > 0
      ? [`${count(rows)} rows`, size(bytes), `${count(Math.round(rows / Math.max(0.001, elapsed)))} rows/s`]
      : []),
    ...(datasets > 0 ? [`${count(datasets)} datasets`] : []),
    ...(left === undefined ? [] : [`about ${roughly(left)} left`]),
  ].join(', ');
}

/** A time that is guessed, without tenths. */
function roughly(seconds: number): string {
  return seconds < 60 ? `${Math.ceil(seconds)} s` : duration(seconds);
}
