import { amount } from './amount.ts';
import { define } from './definition.ts';

export const guardErrors = {
  'NJ-GUARD-EMPTY': define<{ datasets: readonly { readonly dataset: string; readonly rows: number }[] }>({
    class: 'guard',
    example: { datasets: [{ dataset: 'order_line', rows: 1200 }] },
    sentence: (d) =>
      d.datasets
        .map(
          (one) =>
            `Dataset ${one.dataset} has no row tonight, and ${amount(one.rows, 'row')} ${one.rows === 1 ? 'is' : 'are'} published.`,
        )
        .join(' ') + ' To a consumer each missing row would be a deletion, so nothing was published.',
    remedy:
      'Look at the source: a table was probably emptied, or being refilled, as we read. Then run again.',
  }),
};
