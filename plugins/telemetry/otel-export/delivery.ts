/**
 * How one signal gets to its receiver: a change for the worse or the better is told once, and what was lost
 * is counted, told at once and then no more often than once a minute.
 */
import { systemClock, type SinkHost } from '../../../core/index.js';
import type { ExportHost } from './export-options.js';

/** How an export ended, as the SDK says it. */
export interface Sent {
  /** 0 for success. */
  readonly code: number;
  readonly error?: Error | undefined;
}

const LEAST_BETWEEN_MS = 60_000;
const MAX_REASON = 200;

/** One signal's. */
export class Delivery {
  readonly #what: string;
  readonly #host: ExportHost;
  readonly #listener: SinkHost;
  #isFailing = false;
  #lost = 0;
  #untold = 0;
  #reason = '';
  #toldMs = Number.NEGATIVE_INFINITY;

  /** `what`, in words: of which signal, and where to. */
  constructor(what: string, host: ExportHost, listener: SinkHost) {
    this.#what = what;
    this.#host = host;
    this.#listener = listener;
  }

  /** An export ended; of one that failed so many spans are lost. */
  ended({ code, error }: Sent, spans: number): void {
    if (code === 0) {
      this.#mended();
      return;
    }
    const reason = reasonOf(error);
    if (!this.#isFailing) this.#fail(reason);
    this.lost(spans, reason);
  }

  /** So many spans are lost. */
  lost(spans: number, reason: string): void {
    this.#lost += spans;
    this.#untold += spans;
    this.#reason = reason;
    if (this.#nowMs() - this.#toldMs >= LEAST_BETWEEN_MS) this.tellLost();
  }

  /** Tells what is lost and was not told yet. */
  tellLost(): void {
    if (this.#untold === 0) return;
    const spans = this.#untold;
    this.#untold = 0;
    this.#toldMs = this.#nowMs();
    this.#listener.dropped(spans, this.#reason);
  }

  #fail(reason: string): void {
    this.#isFailing = true;
    this.#host.report?.(`telemetry: ${this.#what} fails (${reason}); scripts go on`);
    this.#listener.changed(false, `${this.#what}: ${reason}`);
  }

  #mended(): void {
    if (!this.#isFailing) return;
    this.#isFailing = false;
    this.#listener.changed(true, this.#what);
    const loss = this.#lost === 0 ? '' : `; ${String(this.#lost)} spans were lost`;
    this.#host.report?.(`telemetry: ${this.#what} works again${loss}`);
    this.#lost = 0;
    this.tellLost();
  }

  #nowMs(): number {
    return (this.#host.clock ?? systemClock).now();
  }
}

/** The status or the code of an error, and its words; never the receiver's answer. */
function reasonOf(error: Error | undefined): string {
  if (error === undefined) return 'no reason given';
  const { message } = error;
  const said = 'code' in error ? error.code : undefined;
  const code = typeof said === 'string' || typeof said === 'number' ? String(said) : '';
  const words = message.includes(code) ? message : `${code} ${message}`;
  return (
    words
      .replace(/[\p{C}\p{Z}]+/gu, ' ')
      .trim()
      .slice(0, MAX_REASON) || 'no reason given'
  );
}
