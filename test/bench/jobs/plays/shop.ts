/** Three servers that know nothing of each other; and, beside the join, a question that takes one call. */
import {
  CATEGORIES,
  createCustomers,
  createOrders,
  createProducts,
  type CUSTOMERS,
  type ORDERS,
  type PRODUCTS,
} from '../../../../docs/examples/jobs/servers/shop.js';
import type { Job, Turn } from '../job.js';
import { exampleScript } from './script.js';

const open: Job['open'] = (latencyMs) => ({
  servers: {
    customers: createCustomers({ latencyMs }),
    orders: createOrders({ latencyMs }),
    products: createProducts({ latencyMs }),
  },
  left: () => null,
});

/** Who bought from every category. */
export const join: Job = {
  title: 'join: 60 customers, 3 servers',
  searches: {
    list_customers: 'all customers',
    list_products: 'products of a category',
    list_orders: 'orders of a customer',
  },
  script: exampleScript('join'),
  data: { categories: [...CATEGORIES] },
  open,
  play,
};

/** What code mode is not for. */
export const one: Job = {
  title: 'one call: what does BO1 cost?',
  searches: { get_product: 'one product and its price' },
  script: 'return get_product(sku="BO1")\n',
  data: {},
  open,
  play: async (turn) => (await turn([{ tool: 'get_product', args: { sku: 'BO1' } }]))[0],
};

async function play(turn: Turn): Promise<unknown> {
  const [customers, ...shelves] = (await turn([
    { tool: 'list_customers', args: {} },
    ...CATEGORIES.map((category) => ({ tool: 'list_products', args: { category } })),
  ])) as [typeof CUSTOMERS, ...(typeof PRODUCTS)[]];
  const product = new Map(shelves.flat().map((each) => [each.sku, each]));
  const histories = (await turn(
    customers.map(({ id }) => ({ tool: 'list_orders', args: { customer: id } })),
  )) as (typeof ORDERS)[];
  const found = customers.flatMap(({ name }, at) => {
    const spent = new Map<string, number>();
    for (const { sku, quantity } of histories[at]!.flatMap(({ lines }) => lines)) {
      const { category, cents } = product.get(sku)!;
      spent.set(category, (spent.get(category) ?? 0) + quantity * cents);
    }
    const row = CATEGORIES.map((category) => `${category} ${((spent.get(category) ?? 0) / 100).toFixed(2)}`);
    return spent.size === CATEGORIES.length ? [[name, row.join(' ')]] : [];
  });
  return Object.fromEntries(found) as Record<string, string>;
}
