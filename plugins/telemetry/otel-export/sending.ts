/** Looks on while an exporter of the SDK sends. */
import type { Delivery, Sent } from './delivery.js';

/** What every exporter that sends can do. */
interface Sender<Items> {
  export(items: Items, done: (sent: Sent) => void): void;
}

/** Tells of each export how it ended; `spansIn` is called as it begins, and answers what would be lost with it. */
export function watch<Items>(
  exporter: Sender<Items>,
  delivery: Delivery,
  spansIn: (items: Items) => number,
): void {
  const send = exporter.export.bind(exporter);
  exporter.export = (items, done) => {
    const spans = spansIn(items);
    send(items, (sent) => {
      delivery.ended(sent, spans);
      done(sent);
    });
  };
}
