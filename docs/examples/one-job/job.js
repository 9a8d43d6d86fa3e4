const orders = [];
let page = 1;
while (page) {
  const batch = await list_orders({ page });
  orders.push(...batch.orders);
  page = batch.next;
}
const customers = new Map((await list_customers()).map((c) => [c.id, c]));

const prices = await Promise.allSettled(orders.map(({ item }) => get_price({ item })));

const totals = {};
const unpriced = [];
for (const [i, order] of orders.entries()) {
  const { status, value, reason } = prices[i];
  if (status === 'rejected') {
    unpriced.push({ order: order.id, why: reason.message });
    continue;
  }
  const { country } = customers.get(order.customer);
  totals[country] = (totals[country] ?? 0) + order.quantity * value.cents;
}

console.log(`${orders.length} orders, ${unpriced.length} without a price`);
const ranked = Object.entries(totals).sort(([, a], [, b]) => b - a);
return { totals: ranked.map(([country, cents]) => `${country}: ${(cents / 100).toFixed(2)}`), unpriced };
