import type { Stage } from '../night/stage.ts';
import type { StageProgress } from '../night/stage-progress.ts';
import { secondsLeft, type Expectation } from '../night/time-left.ts';
import { amount, grouped } from '../error/amount.ts';
import { duration, size } from './output.ts';

/** A stage in hand: `1,200,000 rows, 310.0 MB, 410,000 rows/s, about 40 s left`; empty where there is nothing to say. */
export function stageWords(
  stage: Stage,
  elapsed: number,
  progress: StageProgress,
  expected: Expectation | undefined,
): string {
  const left = secondsLeft(expected, stage, elapsed, progress);
  const totals = stageTotals(elapsed, progress);
  return [
    ...(totals === '' ? [] : [totals]),
    ...(left === undefined ? [] : [`about ${roughly(left)} left`]),
  ].join(', ');
}

/** What a stage has come to: `1,200,000 rows, 310.0 MB, 410,000 rows/s`, `34 datasets, 640,000 rows`. */
export function stageTotals(elapsed: number, { rows, bytes, datasets, datasetRows }: StageProgress): string {
  return [
    ...(rows > 0 ? [amount(rows, 'row')] : []),
    ...(bytes > 0 ? [size(bytes)] : []),
    ...(rows > 0 ? [`${grouped(Math.round(rows / Math.max(0.001, elapsed)))} rows/s`] : []),
    ...(datasets > 0 ? [amount(datasets, 'dataset')] : []),
    ...(datasetRows > 0 ? [amount(datasetRows, 'row')] : []),
  ].join(', ');
}

/** A time that is guessed, without tenths. */
function roughly(seconds: number): string {
  return seconds < 60 ? `${Math.ceil(seconds)} s` : duration(seconds);
}
