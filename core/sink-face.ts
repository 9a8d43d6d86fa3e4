/** What a sink says of itself, read once. One that throws when it is looked at has said nothing. */
import { CONTENT_KINDS } from './event-content.js';
import type { ContentKind } from './event-content.js';
import type { EventName } from './event.js';
import { oneLine } from './short-text.js';
import type { TelemetrySink } from './telemetry-sink.js';

/** How a sink wants to be treated. */
export interface SinkFace {
  readonly name: string;
  readonly content: readonly ContentKind[];
  /** The events that it takes; undefined for all. */
  readonly takes: ReadonlySet<string> | undefined;
  readonly traces: boolean;
  /** Whether it gets no content of private scripts. One that cannot say so does not. */
  readonly isWindow: boolean;
  /** Whether it may be idle. */
  readonly idles: boolean;
  /** Whether it may keep scripts from starting. One that cannot be asked does. */
  readonly refuses: boolean;
  /** Whether it has an end of its own, after which it hears nothing. */
  readonly closes: boolean;
}

/** Reads it. */
export function sinkFace(sink: TelemetrySink): SinkFace {
  return {
    name: nameOf(said(() => sink.name)),
    content: kindsOf(said(() => sink.content)),
    takes: namesOf(said(() => sink.takes)),
    isWindow: said(() => sink.isWindow ?? false) ?? true,
    traces: said(() => sink.trace !== undefined) ?? false,
    idles: said(() => sink.idle !== undefined) ?? false,
    refuses: said(() => sink.refusal !== undefined) ?? true,
    closes: said(() => sink.close !== undefined) ?? true,
  };
}

const LONGEST_NAME = 100;

function nameOf(name: unknown): string {
  return (typeof name === 'string' && oneLine(name, LONGEST_NAME)) || 'unnamed';
}

function kindsOf(kinds: unknown): readonly ContentKind[] {
  return Array.isArray(kinds) ? CONTENT_KINDS.filter((kind) => kinds.includes(kind)) : [];
}

function namesOf(names: readonly EventName[] | undefined): ReadonlySet<string> | undefined {
  return Array.isArray(names) ? new Set(names) : undefined;
}

function said<T>(look: () => T): T | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}
