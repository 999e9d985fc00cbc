import { shopFiles, type ShopFiles } from '../harness/marked-shop.ts';

/** What a release makes of the customers' codes. */
interface Coded {
  /** What the customers are told by, and referred to. */
  readonly key: 'customer_id' | 'code';
  readonly keyWas?: string;
  /** The code of a number. */
  readonly code?: (id: string) => string;
  /** The code that stands at a line of an order (`l`), where it is not its customer's. */
  readonly ofLine?: string;
}

/** The code as it usually is: that of customer 2 has the number of customer 19 in it, and the other way round. */
export function reversed(id: string): string {
  return `'C' || (21 - ${id})`;
}

/** How the number follows from that. */
export const numberOfCode = '21 - substr(code, 2)::bigint';

/** The shop whose purchases refer to the customers, and are to be paid. */
export function referring(key: Coded['key']): ShopFiles {
  return {
    'datasets/purchase.yaml': `${shopFiles['datasets/purchase.yaml']}references: { buyer: { columns: [${key}], dataset: customer } }
rules: { paid: { sql: price > 0, description: It was paid. } }
guards: { orphans: { rows: 99 } }
`,
  };
}

/** The same with a code beside the number, at the customers and at the lines of their orders; either may be the key. */
export function coded({ key, keyWas, code = reversed, ofLine = code('l.customer_id') }: Coded): ShopFiles {
  const column = (presence: string, from: string): string =>
    `\n  code: { type: text, ${presence}from: ${from}, description: The code. }\n  marker: {`;
  const was = keyWas === undefined ? '' : `\nkey_was: { customer_id: "${keyWas}" }`;
  return {
    'datasets/customer.sql': `select c.id as customer_id, ${code('c.id')} as code, c.marker, c.email, c.age from shop_customer c\n`,
    'datasets/customer.yaml': shopFiles['datasets/customer.yaml']
      .replace('key: [customer_id]', `key: [${key}]${was}`)
      .replace('\n  marker: {', column('presence: required, ', 'shop.customer.id')),
    'datasets/purchase.sql': `select l.order_no, l.line_no, l.customer_id, ${ofLine} as code, l.marker, c.marker as customer_marker, l.price
      from shop_order_line l left join customer c on c.customer_id = l.customer_id\n`,
    'datasets/purchase.yaml': String(referring(key)['datasets/purchase.yaml']).replace(
      '\n  marker: {',
      column('', 'shop.order_line.customer_id'),
    ),
  };
}
