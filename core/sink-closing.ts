/** Ends sinks within a bound: all flush at once, then all close at once, the last first. */
import type { Clock } from './clock.js';
import { ToolscriptError } from './error.js';
import type { SinkListener } from './sink-listener.js';

/** Milliseconds that flushing may take. */
const FLUSH_MS = 5_000;
/** Milliseconds that closing may take. */
const CLOSE_MS = 2_000;

/** Rejects with what failed, or had no end in time; `flushed` is called in between. */
export async function closeSinks(
  listeners: readonly SinkListener[],
  clock: Clock,
  flushed: () => void,
): Promise<void> {
  const lastFirst = listeners.toReversed();
  const act = (name: string, forMs: number, begin: (listener: SinkListener) => Promise<void>) =>
    lastFirst.map((listener) => within(clock, forMs, `${name} sink ${listener.face.name}`, begin(listener)));
  const flushes = await Promise.allSettled(act('flush', FLUSH_MS, (listener) => listener.flush()));
  flushed();
  const closes = await Promise.allSettled(act('close', CLOSE_MS, (listener) => listener.close()));
  const failures = [...flushes, ...closes].flatMap((end): unknown[] =>
    end.status === 'rejected' ? [end.reason] : [],
  );
  if (failures.length === 1) throw failures[0];
  if (failures.length > 1)
    throw new AggregateError(failures, `close sinks: ${String(failures.length)} failures`);
}

function within(clock: Clock, forMs: number, act: string, ending: Promise<void>): Promise<void> {
  return new Promise((resolve, reject) => {
    const cancel = clock.after(forMs, () => {
      const message = `${act}: no end within ${String(forMs)} ms`;
      reject(new ToolscriptError({ code: 'internal', message }));
    });
    ending.finally(cancel).then(resolve, reject);
  });
}
