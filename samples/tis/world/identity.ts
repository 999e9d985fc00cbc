import type { Bearer } from '../hazards/plan.ts';
import type { PersonPart } from '../hazards/parts.ts';
import { Dice, stream } from '../random/dice.ts';
import { blamelessNeighbour } from './organisation.ts';
import { regulatorOf } from './registration.ts';
import type { World } from './world.ts';

const identityStream = stream('identity');

const forenameStarts = [
  'A',
  'Ama',
  'Be',
  'Ca',
  'Da',
  'Di',
  'E',
  'Eli',
  'Fa',
  'Ga',
  'Ha',
  'I',
  'Ja',
  'Jo',
  'Ka',
  'La',
  'Li',
  'Ma',
  'Mi',
  'Na',
  'Ni',
  'O',
  'Pa',
  'Ra',
  'Ro',
  'Sa',
  'Si',
  'Ta',
  'U',
  'Vi',
  'Ya',
  'Zo',
];
const forenameEnds = [
  'a',
  'el',
  'ella',
  'en',
  'era',
  'ette',
  'ia',
  'ian',
  'ien',
  'ina',
  'ique',
  'is',
  'ita',
  'o',
  'or',
];
const surnameStarts = [
  'Ada',
  'Ba',
  'Bra',
  'Bro',
  'Ca',
  'Che',
  'Co',
  'Da',
  'De',
  'Du',
  'Fa',
  'Fo',
  'Ga',
  'Gre',
  'Ha',
  'Ho',
  'Ja',
  'Ka',
  'Ki',
  'Ko',
  'La',
  'Lo',
  'Ma',
  'Mo',
  'Na',
  'No',
  'Oko',
  'Pa',
  'Pe',
  'Po',
  'Ra',
  'Ro',
  'Sa',
  'Sha',
  'Si',
  'Sta',
  'Ta',
  'To',
  'Va',
  'Wa',
  'We',
  'Ya',
];
const surnameEnds = [
  'ack',
  'ade',
  'ah',
  'all',
  'an',
  'ard',
  'ari',
  'ell',
  'ella',
  'elton',
  'er',
  'ey',
  'ham',
  'ia',
  'ier',
  'ill',
  'ing',
  'ington',
  'ins',
  'ison',
  'ith',
  'oko',
  'ola',
  'on',
  'or',
  'orth',
  'ova',
  'ton',
  'uddin',
  'worth',
];
const accentedEnds = ['é', 'ès', 'á', 'ñez', 'ölle', 'šić', 'ów', 'ë'];
const titles = ['Dr', 'Dr', 'Dr', 'Miss', 'Mr', 'Mrs', 'Ms', 'Prof'];
const mailDomains = ['example.com', 'example.org', 'example.net', 'trust.example', 'deanery.test'];

export interface Identity {
  readonly title: string;
  readonly forenames: string;
  readonly surname: string;
  readonly initials: string;
  readonly email: string;
  /** Beyond the seven digits of a real one. */
  readonly gmcNumber: string;
  readonly gdcNumber: string;
  readonly publicHealthNumber: string;
}

/** Who somebody is, marked as made up in every part; see marker.ts. */
export function identityAt(world: World, person: number): Identity {
  const bearer = world.people.bearerAt(person);
  const own = drawIdentity(world.seed, person, bearer);
  if (bearer === undefined) return own;
  if (bearer.part === 'shared-email') {
    return { ...own, email: drawIdentity(world.seed, blamelessNeighbour(world.people, person)).email };
  }
  if (bearer.part === 'duplicate-person') {
    return { ...drawIdentity(world.seed, registeredNeighbour(world, person)), email: own.email };
  }
  return own;
}

/** Somebody close by who has a GMC number to share. */
function registeredNeighbour(world: World, person: number): number {
  let other = blamelessNeighbour(world.people, person);
  while (other > 0 && regulatorOf(world, other) !== 'GMC') other = blamelessNeighbour(world.people, other);
  return other;
}

/** Somebody new, or somebody as they would be without a neighbour's part in them. */
export function drawIdentity(seed: number, person: number, bearer?: Bearer<PersonPart>): Identity {
  const dice = new Dice(seed, identityStream, person);
  const forename = `${dice.pick(forenameStarts)}zqu${dice.pick(forenameEnds)}`;
  const second = dice.chance(0.3) ? ` ${dice.pick(forenameStarts)}zqu${dice.pick(forenameEnds)}` : '';
  const plain = `${dice.pick(surnameStarts)}zqu${dice.pick(surnameEnds)}`;
  const double = dice.chance(0.06) ? `-${dice.pick(surnameStarts)}zqu${dice.pick(surnameEnds)}` : '';
  const number = String(person + 1).padStart(6, '0');
  const mail = `${forename}.${plain}.${person + 1}@${dice.pick(mailDomains)}`.toLowerCase();
  return {
    title: dice.pick(titles),
    forenames: bearer?.part === 'no-break-forenames' ? `${forename}\u00a0${forename}` : forename + second,
    surname: surnameFor(bearer, plain + double),
    initials: `${forename.charAt(0)}ZQ`,
    email: mail,
    gmcNumber: `ZQ7${number}`,
    gdcNumber: `ZQ${number}`,
    publicHealthNumber: `ZQ${number}`,
  };
}

function surnameFor(bearer: Bearer<PersonPart> | undefined, plain: string): string {
  if (bearer?.part === 'accented-surname')
    return plain + (accentedEnds[bearer.ordinal % accentedEnds.length] ?? 'é');
  if (bearer?.part === 'trailing-blank-surname')
    return bearer.ordinal % 2 === 0 ? `${plain} ` : `${plain}\u00a0`;
  return plain;
}
