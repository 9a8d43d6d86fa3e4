/** A sink that tells what is exported. The export belongs to the process: each composition borrows it. */
import type { SinkHost, TelemetrySink } from '../../../core/index.js';

/** An export that is borrowed. */
interface Borrowed {
  /** Tells that sending fails, and of what is lost; the answer ends it. */
  readonly tell: (host: SinkHost) => () => void;
  /** Sends what waits. */
  readonly flush: () => Promise<void>;
  /** Gives it back; who is the last waits until it is closed. */
  readonly release: () => Promise<void>;
}

/** The sink, which hears of the export's failures, and gives the export back as it closes. */
export function exportingSink(sink: TelemetrySink, { tell, flush, release }: Borrowed): TelemetrySink {
  let stop = (): void => undefined;
  return {
    ...(sink.name !== undefined && { name: sink.name }),
    ...(sink.takes !== undefined && { takes: sink.takes }),
    ...(sink.content !== undefined && { content: sink.content }),
    attach(host) {
      stop = tell(host);
      sink.attach?.(host);
    },
    record: (event) => sink.record(event),
    trace: (event) => sink.trace?.(event),
    flush,
    async close() {
      await sink.close?.();
      await release();
      stop();
    },
  };
}
