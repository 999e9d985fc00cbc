import type { Region } from '../world/region.ts';

export interface Office {
  readonly id: number;
  readonly abbreviation: string;
  readonly name: string;
  /** Stands first in post and programme numbers. */
  readonly postAbbreviation: string | null;
  /** What the office was called before 2024; still written beside some posts and programmes. */
  readonly oldName: string | null;
  /** Share of the people, in hundredths. */
  readonly weight: number;
}

const oldPrefix = 'Health Education England ';

function office(
  id: number,
  abbreviation: string,
  name: string,
  postAbbreviation: string,
  weight: number,
): Office {
  return { id, abbreviation, name, postAbbreviation, oldName: oldPrefix + name, weight };
}

/** The 13 offices of England, and one entry that stands for all of London and owns nothing itself. */
const england: readonly Office[] = [
  office(1, 'EM', 'East Midlands', 'EMD', 8),
  office(2, 'EOE', 'East of England', 'EOE', 9),
  office(3, 'KSS', 'Kent, Surrey and Sussex', 'KSS', 8),
  office(4, 'NCEL', 'North Central and East London', 'LDN', 9),
  office(5, 'NE', 'North East', 'NTH', 6),
  office(6, 'NW', 'North West', 'NWN', 14),
  office(7, 'NWL', 'North West London', 'LDN', 7),
  office(8, 'SL', 'South London', 'LDN', 8),
  office(9, 'SW', 'South West', 'SWN', 9),
  office(10, 'TV', 'Thames Valley', 'OXF', 4),
  office(11, 'WESSEX', 'Wessex', 'WES', 5),
  office(12, 'WMD', 'West Midlands', 'WMD', 10),
  office(13, 'YHD', 'Yorkshire and the Humber', 'YHD', 10),
  { id: 14, abbreviation: 'LDN', name: 'London LETBs', postAbbreviation: null, oldName: null, weight: 0 },
];

const nimdta: readonly Office[] = [
  {
    id: 1,
    abbreviation: 'NIMDTA',
    name: 'Northern Ireland Medical and Dental Training Agency',
    postAbbreviation: 'NI',
    oldName: 'NIMDTA',
    weight: 100,
  },
];

export function officesOf(region: Region): readonly Office[] {
  return region === 'england' ? england : nimdta;
}

/**
 * A second row with the name of an office: abolished, kept, and of another abbreviation. Nothing in the schema forbids
 * it, so a join by name finds two rows (H6).
 */
export const abolishedOffice = { id: 90, abbreviation: 'OLDEM', name: 'East Midlands' };

export const unknownOwners = ['Deanery of Nowhere', 'Not yet assigned'] as const;
