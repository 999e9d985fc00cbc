/** Places that no map has, for trusts, sites and streets. */
const firstHalves = [
  'Ash',
  'Black',
  'Brack',
  'Cold',
  'Dun',
  'East',
  'Elder',
  'Fen',
  'Grey',
  'Hart',
  'Holm',
  'Kings',
  'Lang',
  'Marl',
  'Mere',
  'North',
  'Oaken',
  'Pender',
  'Quarry',
  'Raven',
  'Sal',
  'Stone',
  'Thorn',
  'Under',
  'Wal',
  'West',
  'Whit',
  'Wind',
  'Wren',
  'Yar',
] as const;
const secondHalves = [
  'bourne',
  'bridge',
  'bury',
  'combe',
  'cross',
  'dale',
  'field',
  'ford',
  'gate',
  'ham',
  'haven',
  'hurst',
  'leigh',
  'low',
  'mere',
  'minster',
  'moor',
  'mouth',
  'port',
  'stead',
  'stow',
  'ton',
  'wick',
  'worth',
] as const;

export function placeName(number: number): string {
  const first = firstHalves[number % firstHalves.length] ?? '';
  const second = secondHalves[Math.floor(number / firstHalves.length + number) % secondHalves.length] ?? '';
  return first + second;
}

const siteKinds = [
  'General Hospital',
  'Infirmary',
  'Royal Hospital',
  'Community Hospital',
  'Medical Centre',
  'Surgery',
  'Health Centre',
  'Clinic',
  'Dental Practice',
  'Public Health Unit',
] as const;

export function siteKind(number: number): string {
  return siteKinds[number % siteKinds.length] ?? siteKinds[0];
}

export const organisationTypes = [
  'NHS Trust',
  'NHS Foundation Trust',
  'GP Practice',
  'Dental Practice',
  'Local Authority',
  'Clinical Commissioning Group',
  'University',
  'Hospice',
  'Private Provider',
  'Other',
] as const;
