import { arrayOf, commonKind, elementOf, type Kind } from './kind.ts';

const fixed = new Map<string, Kind>();
function give(kind: Kind, names: string): void {
  for (const name of names.split(' ')) fixed.set(name, kind);
}
give(
  'text',
  'lower upper initcap casefold btrim ltrim rtrim left right substring substr overlay replace translate',
);
give(
  'text',
  'regexp_replace regexp_substr split_part concat concat_ws format to_char lpad rpad repeat reverse normalize',
);
give(
  'text',
  'md5 encode chr quote_literal quote_ident quote_nullable string_agg array_to_string to_hex to_bin to_oct',
);
give('text', 'convert_from unaccent unistr exact fold_case fold_mysql regexp_split_to_table string_to_table');
give(
  'text',
  'json_extract_path_text jsonb_extract_path_text json_array_elements_text jsonb_array_elements_text json_object_keys jsonb_object_keys',
);
give('text[]', 'string_to_array regexp_split_to_array regexp_match regexp_matches parse_ident');
give(
  'integer',
  'count length char_length character_length octet_length bit_length position strpos ascii row_number rank',
);
give(
  'integer',
  'dense_rank ntile strict_bigint array_length array_upper array_lower array_ndims cardinality array_position',
);
give(
  'integer',
  'regexp_count regexp_instr width_bucket bit_count json_array_length jsonb_array_length grouping regr_count',
);
give('integer', 'gcd lcm factorial num_nulls num_nonnulls hashtext generate_subscripts');
give('numeric', 'extract to_number trim_scale');
give(
  'float',
  'date_part cbrt percent_rank cume_dist corr covar_pop covar_samp regr_avgx regr_avgy regr_intercept regr_r2',
);
give(
  'float',
  'regr_slope regr_sxx regr_sxy regr_syy degrees radians pi sin cos tan asin acos atan atan2 sinh cosh tanh',
);
give(
  'date',
  'date_trunc date_bin date_add date_subtract to_date to_timestamp make_date make_time make_timestamp',
);
give('date', 'make_timestamptz timezone as_of strict_date date timestamp timestamptz time timetz');
give('date', 'daterange tsrange tstzrange datemultirange tsmultirange tstzmultirange');
give('interval', 'age make_interval justify_days justify_hours justify_interval');
give(
  'boolean',
  'bool_and bool_or every starts_with regexp_like isfinite overlaps is_normalized array_contains',
);
give('bytes', 'decode convert_to sha224 sha256 sha384 sha512');

// A type's name before what is cast to it.
give('float', 'float4 float8');
give('integer', 'int2 int4 int8');
give('text', 'text varchar bpchar');
give('numeric', 'numeric');
give('float', 'cot sind cosd tand cotd asind acosd atand atan2d asinh acosh atanh erf erfc gamma lgamma');
give('float', 'similarity word_similarity strict_word_similarity ts_rank ts_rank_cd');

/** The kind is that of the first argument. */
const asFirst = new Set(
  'min max first_value last_value nth_value lag lead any_value generate_series abs mod div array_remove array_replace nullif'.split(
    ' ',
  ),
);
/** Exact for numeric, otherwise double precision. */
const roots = new Set('sqrt exp ln log log10 power pow'.split(' '));
const rounding = new Set('round trunc ceil ceiling floor sign'.split(' '));

/** What kind of value a function gives; `unknown` for one that is not listed. */
export function kindOfFunction(name: string, given: readonly Kind[]): Kind {
  // The ends of a range have the names of what changes letters.
  if ((name === 'lower' || name === 'upper') && given[0] === 'date') return 'date';
  const known = fixed.get(name);
  if (known !== undefined) return known;
  const first = given[0] ?? 'unknown';
  if (asFirst.has(name)) return first;
  if (name === 'sum') return first === 'integer' ? 'numeric' : first;
  if (name === 'avg' || name.startsWith('stddev') || name.startsWith('var'))
    return first === 'integer' ? 'numeric' : first;
  if (rounding.has(name)) return given.length > 1 ? 'numeric' : first;
  if (roots.has(name)) return given.includes('numeric') && !given.includes('float') ? 'numeric' : 'float';
  if (name === 'array_agg' || name === 'array_append') return arrayOf(first);
  if (name === 'array_cat') return given.reduce(commonKind, first);
  if (name === 'array_prepend') return arrayOf(first);
  if (name === 'unnest') return elementOf(first);
  return 'unknown';
}

/** The kind of an aggregate WITHIN GROUP: percentile_disc and mode give a value of what they are ordered by. */
export function kindOfOrderedSet(name: string, ordering: Kind): Kind {
  return name === 'percentile_cont' && ordering !== 'interval' ? 'float' : ordering;
}

/** The kind of `left operator right`; a prefix operator has no left. */
export function kindOfOperator(operator: string, left: Kind | undefined, right: Kind): Kind {
  if (/^(=|<>|!=|<|>|<=|>=|!?~~?\*?|@>|<@|&&|\?[|&]?|@@|\^@)$/.test(operator)) return 'boolean';
  if (operator === '->>' || operator === '#>>') return 'text';
  if (operator === '||') return concatenation(left ?? 'unknown', right);
  if (operator === '|/' || operator === '||/') return 'float';
  if (left === undefined && operator === '@') return right;
  if (!/^[-+*/%^]$/.test(operator)) return 'unknown';
  if (left === undefined) return right;
  return arithmetic(operator, left, right);
}

function concatenation(left: Kind, right: Kind): Kind {
  if (left.endsWith('[]')) return left;
  if (right.endsWith('[]')) return right;
  return left === 'text' || right === 'text' ? 'text' : 'unknown';
}

function arithmetic(operator: string, left: Kind, right: Kind): Kind {
  const pair = [left, right];
  if (left === 'date' && right === 'date') return operator === '-' ? 'other' : 'unknown';
  if (pair.includes('date')) return 'date';
  if (pair.includes('interval')) return 'interval';
  const common = commonKind(left, right);
  if (operator === '^' && common === 'integer') return 'float';
  return common === 'integer' || common === 'numeric' || common === 'float' ? common : 'unknown';
}

/** Aggregates whose result changes when floating-point numbers are added in another order. */
export function addsFloats(name: string, given: readonly Kind[]): boolean {
  if (name === 'regr_count') return false;
  if (/^(corr|covar_(pop|samp)|regr_.*)$/.test(name)) return true;
  return /^(sum|avg|stddev(_pop|_samp)?|variance|var_(pop|samp))$/.test(name) && given[0] === 'float';
}

/** Aggregates whose result shows the order in which rows came. */
export const orderedAggregates: ReadonlySet<string> = new Set(
  (
    'string_agg array_agg json_agg jsonb_agg json_agg_strict jsonb_agg_strict json_object_agg jsonb_object_agg ' +
    'json_object_agg_strict jsonb_object_agg_strict json_object_agg_unique jsonb_object_agg_unique ' +
    'json_object_agg_unique_strict jsonb_object_agg_unique_strict xmlagg any_value'
  ).split(' '),
);

/** The other aggregates: what makes a SELECT without GROUP BY one row. */
const plainAggregates = new Set(
  (
    'count sum avg min max bool_and bool_or every bit_and bit_or bit_xor corr covar_pop covar_samp stddev stddev_pop ' +
    'stddev_samp variance var_pop var_samp mode percentile_cont percentile_disc range_agg range_intersect_agg'
  ).split(' '),
);

export function isAggregate(name: string): boolean {
  return orderedAggregates.has(name) || plainAggregates.has(name) || name.startsWith('regr_');
}

/** Window functions that tell rows apart which their ORDER BY leaves tied. `rank` and its like do not. */
export const numberingFunctions: ReadonlySet<string> = new Set(
  'row_number ntile lag lead first_value last_value nth_value'.split(' '),
);

/** Functions that give several rows. */
export const setFunctions: ReadonlySet<string> = new Set(
  (
    'unnest generate_series generate_subscripts regexp_matches regexp_split_to_table string_to_table json_array_elements ' +
    'jsonb_array_elements json_array_elements_text jsonb_array_elements_text json_each jsonb_each json_each_text ' +
    'jsonb_each_text json_object_keys jsonb_object_keys jsonb_path_query json_populate_recordset jsonb_populate_recordset ' +
    'json_to_recordset jsonb_to_recordset'
  ).split(' '),
);
