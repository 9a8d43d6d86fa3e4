orders = []
page = 1
while page:
    batch = list_orders(page=page)
    orders += batch["orders"]
    page = batch["next"]
customers = {c["id"]: c for c in list_customers()}

prices = parallel([lambda o=o: attempt(get_price, item=o["item"]) for o in orders])

totals, unpriced = {}, []
for order, price in zip(orders, prices):
    if not price["ok"]:
        unpriced.append({"order": order["id"], "why": price["error"]["message"]})
        continue
    country = customers[order["customer"]]["country"]
    totals[country] = totals.get(country, 0) + order["quantity"] * price["value"]["cents"]

print(f"{len(orders)} orders, {len(unpriced)} without a price")
ranked = sorted(totals.items(), key=lambda total: -total[1])
return {"totals": [f"{country}: {cents / 100:.2f}" for country, cents in ranked], "unpriced": unpriced}
