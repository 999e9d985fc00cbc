import { makePlan, type Plan } from '../hazards/plan.ts';
import {
  curriculumParts,
  personParts,
  postParts,
  programmeParts,
  siteParts,
  trustParts,
  type CurriculumPart,
  type PersonPart,
  type PostPart,
  type ProgrammePart,
  type SitePart,
  type TrustPart,
} from '../hazards/parts.ts';
import { gradesUpTo, type Grade } from '../reference/grades.ts';
import { officesOf, type Office } from '../reference/offices.ts';
import type { TrainingKind } from '../reference/training.ts';
import { trainingYearOf } from '../time/changeover.ts';
import { parseDay, type Day } from '../time/day.ts';
import {
  curriculaByKind,
  drawCurriculumKinds,
  drawProgrammes,
  type ProgrammeDirectory,
} from './programme-directory.ts';
import type { Region } from './region.ts';
import { sizesFor, type Sizes } from './size.ts';

export interface WorldOptions {
  /** 1 is England's size in 2026: 320,000 people, 2.1 million placements. */
  readonly scale: number;
  /** Any whole number. The same seed, scale, region and day give the same rows, byte for byte. */
  readonly seed: number;
  /** The day that the records are up to, `YYYY-MM-DD`. */
  readonly today: string;
  readonly region: Region;
}

/** What every row is made from: the options, the sizes that follow, and the few lists that many rows look into. */
export interface World {
  readonly seed: number;
  readonly region: Region;
  readonly today: Day;
  /** The year in whose August the current training year began. */
  readonly trainingYear: number;
  readonly sizes: Sizes;
  readonly offices: readonly Office[];
  /** The offices that own programmes and posts: all but the entry that stands for several. */
  readonly owningOffices: readonly Office[];
  readonly grades: readonly Grade[];
  readonly gradeIds: ReadonlyMap<string, number>;
  readonly kindOfCurriculum: readonly TrainingKind[];
  readonly curriculaOfKind: Readonly<Record<TrainingKind, readonly number[]>>;
  readonly programmes: ProgrammeDirectory;
  readonly people: Plan<PersonPart>;
  readonly posts: Plan<PostPart>;
  readonly programmePlan: Plan<ProgrammePart>;
  readonly curriculumPlan: Plan<CurriculumPart>;
  readonly sitePlan: Plan<SitePart>;
  readonly trustPlan: Plan<TrustPart>;
}

export function makeWorld(options: WorldOptions): World {
  if (!(options.scale > 0)) throw new RangeError(`The scale must be above 0, and is ${options.scale}.`);
  if (!Number.isSafeInteger(options.seed))
    throw new RangeError(`The seed must be a whole number, and is ${options.seed}.`);
  const today = parseDay(options.today);
  const sizes = sizesFor(options.scale, options.region);
  const offices = officesOf(options.region);
  const owningOffices = offices.filter((office) => office.weight > 0);
  const grades = gradesUpTo(sizes.grades);
  const kindOfCurriculum = drawCurriculumKinds(options.seed, sizes.curricula);
  return {
    seed: options.seed,
    region: options.region,
    today,
    trainingYear: trainingYearOf(today),
    sizes,
    offices,
    owningOffices,
    grades,
    gradeIds: new Map(grades.map((grade) => [grade.abbreviation, grade.id])),
    kindOfCurriculum,
    curriculaOfKind: curriculaByKind(kindOfCurriculum),
    programmes: drawProgrammes(options.seed, sizes.programmes, owningOffices),
    people: makePlan(personParts, sizes.people),
    posts: makePlan(postParts, sizes.posts),
    programmePlan: makePlan(programmeParts, sizes.programmes),
    curriculumPlan: makePlan(curriculumParts, sizes.curricula),
    sitePlan: makePlan(siteParts, sizes.sites),
    trustPlan: makePlan(trustParts, sizes.trusts),
  };
}
