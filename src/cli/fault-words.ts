import type { Pipeline } from '../pipeline/pipeline.ts';

/** A fault in words: `Held back: a required column (surname) is absent.` without its full stop. */
export function faultWords(
  pipeline: Pipeline,
  { dataset: name, fault }: { readonly dataset: string; readonly fault: string },
): string {
  const contract = pipeline.datasets.find((dataset) => dataset.name === name)?.contract;
  const [kind = '', ...rest] = fault.split(':');
  const what = rest.join(':');
  switch (kind) {
    case 'held':
      return `last good version shown, because ${rule(what)}`;
    case 'left out':
      return `left out, because ${rule(what)}`;
    case 'orphan':
      return `${what} leads nowhere`;
    case 'repaired':
      return `a cell of ${what} was repaired on its way`;
    default:
      return contract?.faults.find((one) => one.name === fault)?.description ?? fault;
  }

  function rule(broken: string): string {
    const [check = '', of] = broken.split(':');
    if (of === undefined) {
      const declared = contract?.rules.find((one) => one.name === check);
      return `it breaks "${declared?.description ?? check}"`;
    }
    if (check === 'required') return `${of} is absent`;
    return check === 'fits' ? `${of} does not fit its type` : `a cell of ${of} could not be held`;
  }
}
