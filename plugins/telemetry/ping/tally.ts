/** What is counted between two pings. Numbers alone: nothing of what was counted is kept. */
import type { EndCode, Events, TelemetryEvent } from '../../../core/index.js';

/** How scripts end, in the order in which it is told. */
export const STATUSES = ['success', 'error', 'timeout', 'limit', 'refused', 'cancelled'] as const;

type Status = (typeof STATUSES)[number];
type Mode = Events['tool.called']['mode'];

/** The counts of one period. */
export interface Counts {
  /** When it began, on the clock that was handed in. */
  readonly since: number;
  readonly scripts: Readonly<Record<Status, number>>;
  readonly toolCalls: Readonly<Record<Mode, number>>;
}

/** What is so at the moment, as far as events have told. */
export interface Facts {
  /** Toolscript's; null where a host of its own kind tells its own. */
  readonly version: string | null;
  readonly codeMode: boolean | null;
  readonly optimizer: boolean | null;
  readonly backends: number;
  readonly tools: number;
}

/** Nothing yet. */
export function noCounts(since: number) {
  return {
    since,
    scripts: { success: 0, error: 0, timeout: 0, limit: 0, refused: 0, cancelled: 0 },
    toolCalls: { script: 0, direct: 0 },
  } satisfies Counts;
}

/** Counts events. */
export class Tally {
  #counts: ReturnType<typeof noCounts>;
  #service: Pick<Facts, 'version' | 'codeMode' | 'optimizer'> = UNTOLD;
  /** How many tools each backend has. */
  readonly #backends = new Map<string, number>();
  #listed: number | undefined;

  constructor(since: number) {
    this.#counts = noCounts(since);
  }

  /** Takes what counts of an event. */
  add(event: TelemetryEvent): void {
    switch (event.name) {
      case 'tool.called':
        this.#counts.toolCalls[event.mode] += 1;
        break;
      case 'script.started':
        this.#listed = event.tools;
        break;
      case 'script.finished':
        this.#counts.scripts[statusOf(event.code)] += 1;
        break;
      case 'script.refused':
        this.#counts.scripts.refused += 1;
        break;
      case 'service.started':
        this.#service = serviceOf(event);
        break;
      case 'catalog.changed':
        this.#listed = event.tools;
        break;
      case 'backend.changed':
        this.#countBackend(event);
        break;
      default:
    }
  }

  /** Whether nothing happened in the period. */
  get isEmpty(): boolean {
    const { scripts, toolCalls } = this.#counts;
    return [...Object.values(scripts), ...Object.values(toolCalls)].every((count) => count === 0);
  }

  get facts(): Facts {
    let offered = 0;
    for (const tools of this.#backends.values()) offered += tools;
    return { ...this.#service, backends: this.#backends.size, tools: this.#listed ?? offered };
  }

  /** Hands the counts over; a new period begins. */
  take(now: number): Counts {
    const counts = this.#counts;
    this.#counts = noCounts(now);
    return counts;
  }

  /** Takes counts back that did not arrive: their period goes on. */
  giveBack({ since, scripts, toolCalls }: Counts): void {
    this.#counts.since = since;
    for (const status of STATUSES) this.#counts.scripts[status] += scripts[status];
    this.#counts.toolCalls.script += toolCalls.script;
    this.#counts.toolCalls.direct += toolCalls.direct;
  }

  #countBackend({ backend, tools }: Events['backend.changed']): void {
    if (this.#backends.has(backend) || this.#backends.size < MAX_BACKENDS) {
      this.#backends.set(backend, tools);
    }
  }
}

const UNTOLD = { version: null, codeMode: null, optimizer: null };

/** Beyond this many there is no larger class. */
const MAX_BACKENDS = 1_000;

/** Who tells Toolscript's version as its own. */
const OWN_SERVICES: ReadonlySet<string> = new Set(['gateway', 'library', 'mcp-sdk']);
const VERSION = /^[0-9A-Za-z.+-]{1,40}$/;

function serviceOf({ service, version, codeMode, optimizer }: Events['service.started']) {
  const isOwn = OWN_SERVICES.has(service) && VERSION.test(version);
  return { version: isOwn ? version : null, codeMode, optimizer };
}

function statusOf(code: EndCode): Status {
  if (code === 'ok') return 'success';
  if (code === 'limit/wall-time') return 'timeout';
  if (code === 'cancelled') return 'cancelled';
  return code.startsWith('limit/') ? 'limit' : 'error';
}
