import type { Pipeline } from '../pipeline/pipeline.ts';

/** A fault in words, without a full stop: `last good version shown, because surname is absent`. */
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
      return withoutStop(contract?.faults.find((one) => one.name === fault)?.description ?? fault);
  }

  function rule(broken: string): string {
    const [check = '', of] = broken.split(':');
    if (of === undefined) {
      const declared = contract?.rules.find((one) => one.name === check);
      return `it breaks "${withoutStop(declared?.description ?? check)}"`;
    }
    if (check === 'required') return `${of} is absent`;
    return check === 'fits' ? `${of} does not fit its type` : `a cell of ${of} could not be held`;
  }
}

/** A description may be a whole sentence; here it becomes a part of another. */
function withoutStop(description: string): string {
  return description.replace(/\.$/, '');
}
