/** Finished spans that wait to be sent: so many and no more, and what is beyond is counted. */
import type { BatchSpanProcessor, ReadableSpan, SpanProcessor } from '@opentelemetry/sdk-trace-base';

import type { Delivery } from './delivery.js';

const SAMPLED = 1;

/** In front of the SDK's own processor, which is given no more than it keeps. */
export class SpanQueue implements SpanProcessor {
  readonly #processor: BatchSpanProcessor;
  readonly #delivery: Delivery;
  readonly #most: number;
  #waiting = 0;

  constructor(processor: BatchSpanProcessor, delivery: Delivery, most: number) {
    this.#processor = processor;
    this.#delivery = delivery;
    this.#most = most;
  }

  onStart(): void {
    // Only what has ended is exported.
  }

  onEnd(span: ReadableSpan): void {
    if ((span.spanContext().traceFlags & SAMPLED) === 0) return;
    if (this.#waiting >= this.#most) {
      this.#delivery.lost(1, `more than ${String(this.#most)} spans wait`);
      return;
    }
    this.#waiting += 1;
    this.#processor.onEnd(span);
  }

  /** So many spans wait no more. */
  left(spans: number): void {
    this.#waiting -= spans;
  }

  forceFlush(): Promise<void> {
    return this.#processor.forceFlush();
  }

  shutdown(): Promise<void> {
    return this.#processor.shutdown();
  }
}
