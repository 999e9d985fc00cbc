import type { Region } from './region.ts';

/** How many of each there are. Whatever hangs from a person or a post (placements, fundings …) follows from these. */
export interface Sizes {
  readonly people: number;
  readonly posts: number;
  readonly programmes: number;
  readonly curricula: number;
  readonly specialties: number;
  readonly trusts: number;
  readonly sites: number;
  readonly grades: number;
}

/** England at scale 1, where the others are counted from. */
const england: Sizes = {
  people: 320_000,
  posts: 180_000,
  programmes: 20_000,
  curricula: 3_000,
  specialties: 800,
  trusts: 600,
  sites: 26_000,
  grades: 200,
};

/** Below these the planted hazards would no longer find a row of their own. */
const smallest: Sizes = {
  people: 1_000,
  posts: 270,
  programmes: 60,
  curricula: 80,
  specialties: 62,
  trusts: 40,
  sites: 200,
  grades: 200,
};

export function sizesFor(scale: number, region: Region): Sizes {
  const share = region === 'nimdta' ? scale / 30 : scale;
  const size = (name: keyof Sizes) => Math.max(smallest[name], Math.round(england[name] * share));
  return {
    people: size('people'),
    posts: size('posts'),
    programmes: size('programmes'),
    curricula: size('curricula'),
    specialties: size('specialties'),
    trusts: size('trusts'),
    sites: size('sites'),
    grades: smallest.grades,
  };
}
