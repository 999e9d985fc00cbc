/** The nightly jobs that write what the pipeline may read, in the order of the clock (UTC). Their names are those of their locks. */
const nightlyJobs = [
  { lock: 'personOwnerRebuildScheduledTask', at: '00:05' },
  { lock: 'personTrustEmployingBodyScheduledTask', at: '00:09' },
  { lock: 'personTrustTrainingBodyScheduledTask', at: '00:29' },
  { lock: 'personRecordStatusScheduledTask', at: '01:00' },
  { lock: 'postTrustEmployingBodyScheduledTask', at: '01:09' },
  { lock: 'postTrustTrainingBodyScheduledTask', at: '01:19' },
  { lock: 'postFundingStatusSyncJobTask', at: '01:45' },
] as const;

/**
 * The rows of `shedlock` after a night: each lock was taken at its hour for exactly fifteen minutes. It tells that a job
 * began, never that it ended.
 */
export function lockRows(
  today: string,
): readonly (readonly [name: string, until: string, at: string, by: string])[] {
  return nightlyJobs.map(({ lock, at }) => [
    lock,
    `${today} ${quarterLater(at)}:00.000`,
    `${today} ${at}:00.000`,
    'tis-sync-1',
  ]);
}

function quarterLater(at: string): string {
  const minutes = Number(at.slice(0, 2)) * 60 + Number(at.slice(3)) + 15;
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
