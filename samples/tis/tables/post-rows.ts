import { Dice, stream } from '../random/dice.ts';
import { specialtyCode } from '../reference/specialties.ts';
import { trainings } from '../reference/training.ts';
import { dateTime } from '../time/day.ts';
import { siteCode, siteOfTrust } from '../world/organisation.ts';
import { postAt, postOfProgramme, postsOfProgramme, programmeOfPost } from '../world/post.ts';
import type { World } from '../world/world.ts';
import { orphanTrustId } from './organisation-rows.ts';
import { fundingRow, fundingsOf, fundingStatus } from './funding-rows.ts';
import type { RowSource } from './row-source.ts';

const postRowStream = stream('post-row');
const specialtyStream = stream('post-specialty');
const gradeStream = stream('post-grade');
const siteStream = stream('post-site');
const linkStream = stream('programme-post');

/** Ids that no row has (H4). */
export const orphanSiteId = 990_001;
export const orphanGradeId = 990_001;

const posts: RowSource = {
  database: 'tcs',
  table: 'Post',
  columns: [
    'id',
    'nationalPostNumber',
    'status',
    'employingBodyId',
    'trainingBodyId',
    'oldPostId',
    'newPostId',
    'suffix',
    'owner',
    'postFamily',
    'localPostNumber',
    'trainingDescription',
    'intrepidId',
    'legacy',
    'bypassNPNGeneration',
    'fundingStatus',
  ],
  *rows(world) {
    for (let index = 0; index < world.sizes.posts; index += 1) yield postRow(world, index);
  },
};

function postRow(world: World, index: number) {
  const post = postAt(world, index);
  const part = post.bearer?.part;
  const dice = new Dice(world.seed, postRowStream, index);
  const office = world.programmes.officeOf(post.programme).postAbbreviation ?? 'XXX';
  const number = `${office}/${siteCode(world, post.site) ?? 'XXXXX'}/${specialtyCode(post.specialty)}/${post.grade}/${String(index + 1).padStart(6, '0')}`;
  const isActive = world.programmes.isActive(post.programme) || dice.chance(0.3);
  const replaced = dice.chance(0.03) && index > 0;
  return [
    index + 1,
    part === 'no-number' ? null : part === 'blank-number' ? `${number} ` : number,
    part === 'soft-deleted-post' ? 'DELETE' : isActive ? 'CURRENT' : 'INACTIVE',
    part === 'orphan-employer' ? orphanTrustId : post.employer + 1,
    post.trainingBody + 1,
    replaced ? index : null,
    null,
    dice.chance(0.05) ? dice.pick(['ACADEMIC', 'MILITARY', 'SUPERNUMERARY']) : null,
    post.owner,
    null,
    dice.chance(0.2) ? `LP${index + 1}` : null,
    dice.chance(0.05) ? 'Includes one day a week in the community.' : null,
    index % 3 === 0 ? null : String(100_000 + index),
    index % 3 !== 0 && dice.chance(0.4),
    dice.chance(0.9),
    fundingStatus(world, index),
  ];
}

const postSpecialties: RowSource = {
  database: 'tcs',
  table: 'PostSpecialty',
  columns: ['id', 'postId', 'specialtyId', 'postSpecialtyType'],
  *rows(world) {
    let id = 0;
    const { specialties } = world.sizes;
    for (let index = 0; index < world.sizes.posts; index += 1) {
      const { specialty, bearer } = postAt(world, index);
      const dice = new Dice(world.seed, specialtyStream, index);
      const part = bearer?.part;
      const types = part === 'no-primary-specialty' ? ['OTHER'] : ['PRIMARY'];
      if (part === 'two-primary-specialties' || part === 'eightfold') types.push('PRIMARY');
      if (dice.chance(0.34)) types.push('OTHER');
      if (dice.chance(0.1)) types.push('SUB_SPECIALTY');
      for (const [at, type] of types.entries()) {
        id += 1;
        yield [id, index + 1, ((specialty + at * 11) % specialties) + 1, type];
      }
    }
  },
};

const postGrades: RowSource = {
  database: 'tcs',
  table: 'PostGrade',
  columns: ['id', 'postId', 'gradeId', 'postGradeType'],
  *rows(world) {
    let id = 0;
    for (let index = 0; index < world.sizes.posts; index += 1) {
      const { grade, programme, bearer } = postAt(world, index);
      const dice = new Dice(world.seed, gradeStream, index);
      const others = trainings[world.programmes.kindOf(programme)].grades.filter((name) => name !== grade);
      const idOf = (name: string) => world.gradeIds.get(name) ?? null;
      id += 1;
      yield [id, index + 1, bearer?.part === 'post-orphan-grade' ? orphanGradeId : idOf(grade), 'APPROVED'];
      if (bearer?.part === 'two-approved-grades') {
        id += 1;
        yield [id, index + 1, idOf(others[0] ?? 'LAT'), 'APPROVED'];
      }
      if (dice.chance(0.39)) {
        id += 1;
        yield [id, index + 1, idOf(others[others.length - 1] ?? 'LAT'), 'OTHER'];
      }
    }
  },
};

const postSites: RowSource = {
  database: 'tcs',
  table: 'PostSite',
  columns: ['id', 'postId', 'siteId', 'postSiteType'],
  *rows(world) {
    let id = 0;
    for (let index = 0; index < world.sizes.posts; index += 1) {
      const { site, trainingBody, bearer } = postAt(world, index);
      const dice = new Dice(world.seed, siteStream, index);
      const part = bearer?.part;
      const primary = part === 'site-null' ? null : part === 'post-orphan-site' ? orphanSiteId : site + 1;
      id += 1;
      yield [id, index + 1, primary, 'PRIMARY'];
      if (part === 'two-primary-sites' || part === 'eightfold') {
        id += 1;
        yield [id, index + 1, siteOfTrust(world, (trainingBody + 1) % world.sizes.trusts, 0) + 1, 'PRIMARY'];
      }
      if (dice.chance(0.16)) {
        id += 1;
        yield [id, index + 1, siteOfTrust(world, trainingBody, dice.below(8)) + 1, 'OTHER'];
      }
    }
  },
};

const fundings: RowSource = {
  database: 'tcs',
  table: 'PostFunding',
  columns: [
    'id',
    'startDate',
    'endDate',
    'intrepidId',
    'postId',
    'fundingType',
    'info',
    'fundingBodyId',
    'fundingSubTypeId',
    'fundingReasonId',
  ],
  *rows(world) {
    let id = 0;
    for (let index = 0; index < world.sizes.posts; index += 1) {
      for (const funding of fundingsOf(world, index)) {
        id += 1;
        yield fundingRow(world, id, index, funding);
      }
    }
  },
};

const programmePosts: RowSource = {
  database: 'tcs',
  table: 'ProgrammePost',
  columns: ['programmeId', 'postId', 'addedDate'],
  *rows(world) {
    for (let index = 0; index < world.sizes.posts; index += 1) {
      const dice = new Dice(world.seed, linkStream, index);
      const programme = programmeOfPost(world, index);
      const added = () => dateTime(world.today - 1 - dice.below(3000), dice.below(86_400));
      yield [programme + 1, index + 1, added()];
      // Lent to the next programme.
      if (dice.chance(0.22)) yield [((programme + 1) % world.sizes.programmes) + 1, index + 1, added()];
    }
  },
};

const rotationPosts: RowSource = {
  database: 'tcs',
  table: 'RotationPost',
  columns: ['id', 'intrepidId', 'postId', 'rotationId'],
  *rows(world) {
    let id = 0;
    for (let rotation = 0; rotation * 4 < world.sizes.programmes; rotation += 1) {
      for (let choice = 0; choice < Math.min(8, postsOfProgramme(world)); choice += 1) {
        id += 1;
        yield [
          id,
          id % 2 === 0 ? 900_000 + id : null,
          postOfProgramme(world, rotation * 4, choice) + 1,
          rotation + 1,
        ];
      }
    }
  },
};

export const postRows: readonly RowSource[] = [
  posts,
  postSpecialties,
  postGrades,
  postSites,
  fundings,
  programmePosts,
  rotationPosts,
];
