import assert from 'node:assert/strict';
import { test } from 'node:test';
import { rowSources } from './tables/row-sources.ts';
import { makeWorld } from './world/world.ts';

/** England at full size, as far as it is known or was settled on. */
const fullSizes: Readonly<Record<string, number>> = {
  Person: 320_000,
  Qualification: 350_000,
  TrainerApproval: 60_000,
  Absence: 100_000,
  Post: 180_000,
  PostSpecialty: 260_000,
  PostGrade: 250_000,
  PostSite: 210_000,
  PostFunding: 300_000,
  ProgrammePost: 220_000,
  Placement: 2_100_000,
  PlacementSpecialty: 2_300_000,
  PlacementSupervisor: 900_000,
  PlacementSite: 100_000,
  Programme: 20_000,
  ProgrammeCurriculum: 40_000,
  ProgrammeMembership: 260_000,
  CurriculumMembership: 400_000,
  TrainingNumber: 120_000,
  Rotation: 5_000,
  RotationPost: 40_000,
  Assessment: 700_000,
  AssessmentOutcomeReason: 300_000,
  Site: 26_000,
};

test('a sample has the size that its scale says', () => {
  // The planted persons are a fixed crowd: in a smaller sample they shift the proportions.
  const scale = 1 / 40;
  const world = makeWorld({ scale, seed: 1, today: '2026-03-10', region: 'england' });
  for (const [table, full] of Object.entries(fullSizes)) {
    const source =
      rowSources.find((candidate) => candidate.table === table && candidate.database !== 'reference') ??
      rowSources.find((candidate) => candidate.table === table);
    assert.ok(source, table);
    let rows = 0;
    for (const _ of source.rows(world)) rows += 1;
    assert.ok(Math.abs(rows / (full * scale) - 1) < 0.12, `${table}: ${rows} rows, wanted ${full * scale}`);
  }
});

test('scales, seeds and days that make no sense are refused', () => {
  const good = { scale: 1, seed: 1, today: '2026-03-10', region: 'england' } as const;
  assert.throws(() => makeWorld({ ...good, scale: 0 }), RangeError);
  assert.throws(() => makeWorld({ ...good, seed: 0.5 }), RangeError);
  assert.throws(() => makeWorld({ ...good, today: '2026-02-30' }), RangeError);
  assert.throws(() => makeWorld({ ...good, today: 'tomorrow' }), RangeError);
});
