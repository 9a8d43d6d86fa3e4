type Order = { id: bigint; customer: number; item: string; quantity: number };
type Customer = { id: number; country: string };

const orders: Order[] = [];
let page: number | null = 1;
while (page) {
  const batch: { orders: Order[]; next: number | null } = await list_orders({ page });
  orders.push(...batch.orders);
  page = batch.next;
}
const customers = new Map<number, Customer>((await list_customers()).map((c: Customer) => [c.id, c]));

async function price(order: Order): Promise<{ cents: number } | { why: string }> {
  try {
    return await get_price({ item: order.item });
  } catch (e) {
    return { why: (e as Error).message };
  }
}
const prices = await Promise.all(orders.map(price));

const totals: Record<string, number> = {};
const unpriced: { order: bigint; why: string }[] = [];
for (const [i, order] of orders.entries()) {
  const found = prices[i]!;
  if ('why' in found) {
    unpriced.push({ order: order.id, why: found.why });
    continue;
  }
  const { country } = customers.get(order.customer)!;
  totals[country] = (totals[country] ?? 0) + order.quantity * found.cents;
}

console.log(`${orders.length} orders, ${unpriced.length} without a price`);
const ranked = Object.entries(totals).sort(([, a], [, b]) => b - a);
return { totals: ranked.map(([country, cents]) => `${country}: ${(cents / 100).toFixed(2)}`), unpriced };
