/** A shop in three servers: who buys, what was bought, what there is. */
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import { slowly } from './served.js';

const customer = z.object({ id: z.string(), name: z.string(), country: z.string() });
const line = z.object({ sku: z.string(), quantity: z.number() });
const order = z.object({ id: z.string(), customer: z.string(), lines: z.array(line) });
const product = z.object({ sku: z.string(), name: z.string(), category: z.string(), cents: z.number() });

/** What the shop sells. */
export const CATEGORIES: readonly string[] = ['books', 'garden', 'kitchen', 'music', 'toys'];

const NAMES = ['Ada', 'Boole', 'Curry', 'Dijkstra', 'Euler', 'Floyd', 'Gauss', 'Hopper', 'Iverson', 'Jones'];
const COUNTRIES = ['IE', 'NO', 'PT'];

/** Sixty of them. */
export const CUSTOMERS: readonly z.infer<typeof customer>[] = Array.from({ length: 60 }, (_, index) => ({
  id: `C-${String(index + 1)}`,
  name: `${NAMES[index % NAMES.length]!} ${String(1 + Math.floor(index / NAMES.length))}`,
  country: COUNTRIES[index % COUNTRIES.length]!,
}));

/** Eight of each category. */
export const PRODUCTS: readonly z.infer<typeof product>[] = CATEGORIES.flatMap((category, at) =>
  Array.from({ length: 8 }, (_, index) => ({
    sku: `${category.slice(0, 2).toUpperCase()}${String(index + 1)}`,
    name: `${category} no. ${String(index + 1)}`,
    category,
    cents: 499 + ((index * 7 + at * 3) % 11) * 250,
  })),
);

/** Up to five for each customer, with one line or two. */
export const ORDERS: readonly z.infer<typeof order>[] = CUSTOMERS.flatMap(({ id }, buyer) =>
  Array.from({ length: (buyer * 5) % 6 }, (_, index) => ({
    id: `O-${String(buyer * 10 + index)}`,
    customer: id,
    lines: Array.from({ length: 1 + ((buyer + index) % 2) }, (_, at) => ({
      sku: PRODUCTS[(buyer * 13 + index * 17 + at * 9) % PRODUCTS.length]!.sku,
      quantity: 1 + ((buyer + at) % 4),
    })),
  })),
);

/** Tells all customers at once. */
export function createCustomers({ latencyMs = 0 } = {}): McpServer {
  const answer = slowly(latencyMs);
  const server = new McpServer({ name: 'customers', version: '1.0.0' });
  server.registerTool(
    'list_customers',
    { description: 'All customers.', outputSchema: { result: z.array(customer) } },
    () => answer(() => ({ result: CUSTOMERS })),
  );
  return server;
}

/** Tells the orders of one customer at a time. */
export function createOrders({ latencyMs = 0 } = {}): McpServer {
  const answer = slowly(latencyMs);
  const server = new McpServer({ name: 'orders', version: '1.0.0' });
  server.registerTool(
    'list_orders',
    {
      description: 'The orders of one customer.',
      inputSchema: { customer: z.string() },
      outputSchema: { result: z.array(order) },
    },
    ({ customer }) => answer(() => ({ result: ORDERS.filter((one) => one.customer === customer) })),
  );
  return server;
}

/** Tells the products of a category, or one product. */
export function createProducts({ latencyMs = 0 } = {}): McpServer {
  const answer = slowly(latencyMs);
  const server = new McpServer({ name: 'products', version: '1.0.0' });
  server.registerTool(
    'list_products',
    {
      description: 'The products of one category.',
      inputSchema: { category: z.enum(CATEGORIES) },
      outputSchema: { result: z.array(product) },
    },
    ({ category }) => answer(() => ({ result: PRODUCTS.filter((one) => one.category === category) })),
  );
  server.registerTool(
    'get_product',
    { description: 'One product.', inputSchema: { sku: z.string() }, outputSchema: product.shape },
    ({ sku }) =>
      answer(() => {
        const found = PRODUCTS.find((one) => one.sku === sku);
        if (found === undefined) throw new Error(`no product ${sku}`);
        return found;
      }),
  );
  return server;
}
