/** The tools of the job: a small shop's orders, page by page, its customers, its prices. */
import type { Tool } from 'toolscript';

const ORDERS = [
  { id: 9007199254740993n, customer: 1, item: 'tea', quantity: 2 },
  { id: 9007199254740994n, customer: 2, item: 'lamp', quantity: 1 },
  { id: 9007199254740995n, customer: 1, item: 'unicorn', quantity: 1 },
  { id: 9007199254740996n, customer: 3, item: 'tea', quantity: 5 },
  { id: 9007199254740997n, customer: 2, item: 'desk', quantity: 1 },
];
const PAGE = 2;

const listOrders: Tool = {
  name: 'list-orders',
  description: 'Orders, some at a time; next is the page after this one, or null.',
  inputSchema: { type: 'object', properties: { page: { type: 'integer', minimum: 1 } }, required: ['page'] },
  call: ({ page }) => {
    const end = Number(page) * PAGE;
    return { orders: ORDERS.slice(end - PAGE, end), next: end < ORDERS.length ? Number(page) + 1 : null };
  },
};

const listCustomers: Tool = {
  name: 'list-customers',
  description: 'All customers.',
  inputSchema: { type: 'object', properties: {} },
  call: () => [
    { id: 1, name: 'Ada', country: 'NO' },
    { id: 2, name: 'Boole', country: 'IE' },
    { id: 3, name: 'Curry', country: 'NO' },
  ],
};

const CENTS = new Map([
  ['tea', 450],
  ['lamp', 3999],
  ['desk', 25_000],
]);

const getPrice: Tool = {
  name: 'get-price',
  description: 'What one of an item costs.',
  inputSchema: { type: 'object', properties: { item: { type: 'string' } }, required: ['item'] },
  call: ({ item }) => {
    const cents = CENTS.get(item as string);
    if (cents === undefined) throw new Error(`no price for ${item as string}`);
    return { cents };
  },
};

/** What every script of the job calls. */
export const tools: readonly Tool[] = [listOrders, listCustomers, getPrice];
