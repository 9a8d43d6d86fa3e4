/** A three-way join over three servers that know nothing of each other: customers, orders, products. */
import { createCodeMode } from 'toolscript';
import { createMcpDispatcher } from 'toolscript/plugins/dispatchers/mcp';
import { judge } from './judge.js';
import { scriptOr } from './script.js';
import { serveAll } from './servers/served.js';
import { CATEGORIES, createCustomers, createOrders, createProducts, CUSTOMERS } from './servers/shop.js';
import { ORDERS, PRODUCTS } from './servers/shop.js';

const served = await serveAll({
  customers: createCustomers({ latencyMs: 30 }),
  orders: createOrders({ latencyMs: 50 }),
  products: createProducts({ latencyMs: 20 }),
});
const codeMode = await createCodeMode({ dispatcher: createMcpDispatcher(served) });

const outcome = await codeMode.run({ script: scriptOr('join.star'), data: { categories: [...CATEGORIES] } });
console.log(outcome.ok ? outcome.value : outcome.error);
await codeMode.close();
await served.close();

// The same from the servers' own lists.
const product = new Map(PRODUCTS.map((one) => [one.sku, one]));
const wanted = CUSTOMERS.flatMap(({ id, name }) => {
  const lines = ORDERS.filter(({ customer }) => customer === id).flatMap((order) => order.lines);
  const spent = CATEGORIES.map((category) =>
    lines
      .filter(({ sku }) => product.get(sku)!.category === category)
      .reduce((cents, { sku, quantity }) => cents + quantity * product.get(sku)!.cents, 0),
  );
  const row = CATEGORIES.map((category, at) => `${category} ${(spent[at]! / 100).toFixed(2)}`).join(' ');
  return spent.every((cents) => cents > 0) ? [[name, row]] : [];
});
judge('those and no others', outcome.ok && outcome.value, Object.fromEntries(wanted));
judge('some were found, and not all', wanted.length > 0 && wanted.length < CUSTOMERS.length, true);
judge('nothing was asked twice', outcome.calls.length, 1 + CATEGORIES.length + CUSTOMERS.length);

//> {
//>   'Curry 1': 'books 199.93 garden 109.96 kitchen 22.47 music 22.47 toys 37.47',
//>   'Hopper 1': 'books 39.96 garden 59.94 kitchen 67.45 music 59.96 toys 79.96',
//>   'Iverson 1': 'books 62.47 garden 39.98 kitchen 27.49 music 27.49 toys 4.99',
//>   'Dijkstra 2': 'books 142.45 garden 142.45 kitchen 97.45 music 14.98 toys 24.98',
//>   'Jones 2': 'books 179.91 garden 19.99 kitchen 129.95 music 109.96 toys 19.96',
//>   'Ada 3': 'books 64.96 garden 7.49 kitchen 7.49 music 12.49 toys 12.49',
//>   'Gauss 3': 'books 79.96 garden 82.47 kitchen 82.47 music 14.97 toys 134.93',
//>   'Boole 4': 'books 152.44 garden 57.45 kitchen 29.96 music 49.96 toys 49.96',
//>   'Curry 4': 'books 24.98 garden 19.99 kitchen 19.99 music 24.99 toys 69.97',
//>   'Hopper 4': 'books 104.95 garden 114.95 kitchen 54.98 music 9.98 toys 99.95',
//>   'Dijkstra 5': 'books 12.49 garden 92.45 kitchen 79.96 music 99.96 toys 202.41',
//>   'Euler 5': 'books 27.49 garden 27.49 kitchen 4.99 music 4.99 toys 74.96',
//>   'Ada 6': 'books 59.97 garden 59.97 kitchen 74.97 music 164.93 toys 89.96',
//>   'Floyd 6': 'books 129.95 garden 109.96 kitchen 19.96 music 19.96 toys 57.44',
//>   'Gauss 6': 'books 12.49 garden 12.49 kitchen 17.49 music 47.47 toys 29.98'
//> }
//> right: those and no others
//> right: some were found, and not all
//> right: nothing was asked twice
