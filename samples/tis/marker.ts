/**
 * How made-up personal values are told from everything else.
 *
 * Every name, mail address, street address and note about a person holds the letters `zqu`, which no English word,
 * code or hexadecimal number does. Numbers of persons begin with `ZQ` (a National Insurance number never does, a GMC
 * number is digits alone), postcodes lie in the unallocated area ZZ and end in `ZQ`, telephone numbers come from the
 * ranges that Ofcom keeps for drama. A leak test looks for any of these in logs, messages and reports.
 */
export const markerPattern =
  /zqu|\bZQ\d{4,8}[A-D]?\b|\b[A-Z]ZQ\b|\bZZ\d{1,2} ?\dZQ\b|\b0?7700 ?900 ?\d{3}\b|\b0?1632 ?960 ?\d{3}\b/i;

/** Whether a text holds a personal value of the sample, whole or as part of a longer text. */
export function carriesMarker(text: string): boolean {
  return markerPattern.test(text);
}
