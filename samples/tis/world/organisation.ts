import { Dice, stream } from '../random/dice.ts';
import type { Office } from '../reference/offices.ts';
import { placeName, siteKind } from '../reference/places.ts';
import type { World } from './world.ts';

const siteStream = stream('site');
const digits = '0123456789ABCDEFGHJKLMNPQRSTUVWXYZ';

/** Trusts are dealt out to the offices in turn, so each office has about as many and a trust's office is arithmetic. */
export function officeOfTrust(world: World, trust: number): Office {
  const office = world.owningOffices[trust % world.owningOffices.length];
  if (office === undefined) throw new RangeError('A region needs an office.');
  return office;
}

/** One of an office's trusts, chosen by any number. */
export function trustOfOffice(world: World, office: Office, choice: number): number {
  const owning = world.owningOffices;
  const turn = Math.max(0, owning.indexOf(office));
  const each = Math.floor((world.sizes.trusts - turn - 1) / owning.length) + 1;
  return turn + owning.length * (choice % each);
}

/** Sites are dealt out to the trusts in turn. */
export function trustOfSite(world: World, site: number): number {
  return site % world.sizes.trusts;
}

/** One of a trust's sites, chosen by any number. */
export function siteOfTrust(world: World, trust: number, choice: number): number {
  const each = Math.floor((world.sizes.sites - trust - 1) / world.sizes.trusts) + 1;
  return trust + world.sizes.trusts * (choice % each);
}

export function trustCode(world: World, trust: number): string {
  // A code that two trusts share is one that was given again after the first trust had been dissolved (H6).
  const shared = world.trustPlan.bearerAt(trust)?.part === 'shared-code';
  return ownTrustCode(shared ? blamelessNeighbour(world.trustPlan, trust) : trust);
}

export function siteCode(world: World, site: number): string | null {
  const part = world.sitePlan.bearerAt(site)?.part;
  if (part === 'no-code') return null;
  const named = part === 'shared-code' ? blamelessNeighbour(world.sitePlan, site) : site;
  return ownTrustCode(trustOfSite(world, named)) + letters(Math.floor(named / world.sizes.trusts), 2);
}

export function siteName(site: number): string {
  return `${placeName(site)} ${siteKind(Math.floor(site / 7))}`;
}

export function siteDice(world: World, site: number): Dice {
  return new Dice(world.seed, siteStream, site);
}

/** The row before this one that bears no part; parts never fill half the rows, so it is close by. */
export function blamelessNeighbour(plan: { bearerAt(index: number): unknown }, index: number): number {
  let other = index - 1;
  while (other > 0 && plan.bearerAt(other) !== undefined) other -= 1;
  return Math.max(0, other);
}

function ownTrustCode(trust: number): string {
  return `X${letters(trust, 2)}`;
}

function letters(number: number, width: number): string {
  let text = '';
  for (let left = number, place = 0; place < width; place += 1, left = Math.floor(left / digits.length)) {
    text = digits.charAt(left % digits.length) + text;
  }
  return text;
}
