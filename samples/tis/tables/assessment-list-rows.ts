import { Dice, stream, uuid } from '../random/dice.ts';
import { outcomeReasonLabels, outcomeReasons, outcomes } from '../reference/code-lists.ts';
import type { RowSource } from './row-source.ts';

const listStream = stream('assessment-list');

const outcomeList: RowSource = {
  database: 'assessments',
  table: 'Outcome',
  columns: ['id', 'code', 'label', 'uuid'],
  rows: (world) =>
    outcomes.map(([code, label], at) => [at + 1, code, label, uuid(new Dice(world.seed, listStream, at))]),
};

const reasonList: RowSource = {
  database: 'assessments',
  table: 'Reason',
  columns: ['id', 'code', 'label', 'requireOther', 'isLegacy', 'uuid'],
  rows: (world) =>
    outcomeReasons.map((code, at) => [
      at + 1,
      code,
      outcomeReasonLabels[at % outcomeReasonLabels.length] ?? code,
      at === 8,
      at >= 20,
      uuid(new Dice(world.seed, listStream, 100 + at)),
    ]),
};

const outcomeReasonPairs: RowSource = {
  database: 'assessments',
  table: 'OutcomeReasons',
  columns: ['outcomeId', 'reasonId', 'uuid'],
  *rows(world) {
    for (let outcome = 1; outcome < outcomes.length; outcome += 1) {
      for (let turn = 0; turn < 4; turn += 1) {
        yield [
          outcome + 1,
          ((outcome * 3 + turn) % outcomeReasons.length) + 1,
          uuid(new Dice(world.seed, listStream, 1000 + outcome * 10 + turn)),
        ];
      }
    }
  },
};

export const assessmentListRows: readonly RowSource[] = [outcomeList, reasonList, outcomeReasonPairs];
