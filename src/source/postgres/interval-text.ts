/**
 * SQL for an interval's text that no IntervalStyle changes: `14 mons -3 days -04:05:06.5`, of which months and days that are 0
 * are left out. Without them it is what MySQL prints of its TIME.
 */
export function intervalText(value: string): string {
  const months = `(extract(year from ${value}) * 12 + extract(month from ${value}))::integer`;
  const days = `extract(day from ${value})::integer`;
  const time = `(${value} - make_interval(months => ${months}, days => ${days}))`;
  const sign = `case when ${time} < interval '0' then '-' else '' end`;
  const clock = `to_char(greatest(${time}, -${time}), 'HH24:MI:SS.US')`;
  const text = `concat_ws(' ', nullif(${months}, 0) || ' mons', nullif(${days}, 0) || ' days',
                          ${sign} || rtrim(rtrim(${clock}, '0'), '.'))`;
  // An infinite one has no parts; of null nothing is asked.
  return `case when isfinite(${value}) then ${text} else (${value})::text end`;
}
