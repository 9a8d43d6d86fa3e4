/** The same work in each language; the tool `echo` answers its argument `n` at once. */

/** What is measured, as scripts. */
export interface Scripts {
  /** Some lines of computing over small data; names and numbers differ for each seed. It answers the seed. */
  readonly report: (seed: number) => string;
  /** So many calls one after another; answers the sum of what they answer. */
  readonly calls: (count: number) => string;
  /** The same calls at the same time. */
  readonly fanOut: (count: number) => string;
}

const PYTHONIC: Scripts = {
  report: (seed) => `
orders_${seed} = [{"id": n, "customer": "c" + str(n % 5), "total": n * ${seed + 3} % 97, "paid": n % 3 != 0} for n in range(30)]

def unpaid_${seed}(order, least=${seed % 7}):
    return not order["paid"] and order["total"] >= least

by_customer = {}
for order in orders_${seed}:
    if unpaid_${seed}(order):
        key = order["customer"]
        by_customer[key] = by_customer.get(key, 0) + order["total"]
ranked = sorted(by_customer.items(), key=lambda item: item[0])
lines = [f"{name}: {due} due" for name, due in ranked]
return {"seed": ${seed}, "lines": lines}
`,
  calls: (count) => `
total = 0
for n in range(${count}):
    total += echo(n=n)
return total
`,
  fanOut: (count) => `
return sum(parallel([lambda n=n: echo(n=n) for n in range(${count})]))
`,
};

/** By language. */
export const SCRIPTS = {
  starlark: PYTHONIC,
  python: PYTHONIC,
  javascript: {
    report: (seed: number): string => `
const orders_${seed} = Array.from({ length: 30 }, (_, n) => ({
  id: n, customer: "c" + String(n % 5), total: (n * ${seed + 3}) % 97, paid: n % 3 !== 0,
}));

function unpaid_${seed}(order, least = ${seed % 7}) {
  return !order.paid && order.total >= least;
}

const byCustomer = {};
for (const order of orders_${seed}) {
  if (unpaid_${seed}(order)) {
    const key = order.customer;
    byCustomer[key] = (byCustomer[key] ?? 0) + order.total;
  }
}
const ranked = Object.entries(byCustomer).sort(([a], [b]) => (a < b ? -1 : 1));
const lines = ranked.map(([name, due]) => \`\${name}: \${due} due\`);
return { seed: ${seed}, lines };
`,
    calls: (count: number): string => `
let total = 0;
for (let n = 0; n < ${count}; n += 1) total += await echo({ n });
return total;
`,
    fanOut: (count: number): string => `
const all = await Promise.all(Array.from({ length: ${count} }, (_, n) => echo({ n })));
return all.reduce((sum, n) => sum + n, 0);
`,
  },
} satisfies Record<string, Scripts>;
