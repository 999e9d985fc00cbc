import type { FuncCall, Node } from 'libpg-query';
import { textOf } from './ast.ts';
import { checkClockWord } from './clock-literal.ts';
import type { Context } from './context.ts';
import { checkTextDate } from './text-date.ts';
import type { Value } from './value.ts';

/** Types that can be called like functions: `date(x)` is a cast. */
const calledTypes = /^(date|time|timetz|timestamp|timestamptz|(date|ts|tstz)(range|multirange))$/;

/** Functions with a date among their arguments: a string constant there becomes one. */
const takesDates =
  /^(date|time|timetz|timestamp|timestamptz)(_|$)|^(date|ts|tstz)(range|multirange)$|^(extract|age|to_char|timezone|overlaps|generate_series|isfinite)$/;

/** Functions that take a constant for a text, whatever stands beside it. */
const takesAnything = /^(concat|concat_ws|format|jsonb?_build_(array|object)|num_(non)?nulls)$/;

/** Reports what becomes a date among the arguments of a call: a text, or a constant that is read by the clock. */
export function checkDateArguments(
  call: FuncCall,
  given: readonly Value[],
  infer: (node: Node) => Value,
  context: Context,
): void {
  const name = textOf(call.funcname?.at(-1)) ?? '';
  const [first, ...others] = call.args ?? [];
  const [value] = given;
  if (calledTypes.test(name) && first !== undefined && value !== undefined && others.length === 0) {
    checkTextDate(first, value, infer, context);
    return;
  }
  // Where arguments are of one type, a constant takes that of the others: lag(born_on, 1, 'today').
  const dated = given.some(({ kind }) => kind === 'date' || kind === 'date[]') && !takesAnything.test(name);
  if (!dated && !takesDates.test(name)) return;
  for (const one of given) checkClockWord(one, call.location ?? 0, context);
}
