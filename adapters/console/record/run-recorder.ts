/**
 * A sink that keeps in memory what the console shows: the latest runs with their calls and texts, and calls over
 * time. It hears of contents, but of none that a policy keeps private, and writes nothing anywhere.
 */
import type { EventName, Events, TelemetryEvent, TelemetrySink } from '../../../core/index.js';
import type { RunRecord, UsageBucket } from '../api.js';
import { KeptRun } from './kept-run.js';
import { RunShelf, type ShelfBounds } from './run-shelf.js';
import { UsageBuckets } from './usage-buckets.js';

/** How much is kept, and where runs come from that no request asks for. */
export interface RecorderOptions {
  /** Default: `library`. */
  readonly from?: RunRecord['from'];
  readonly bounds?: Partial<ShelfBounds>;
  /** Milliseconds since 1970. Default: the machine's. */
  readonly now?: () => number;
}

/** What a recorder tells: a run came further, or something was counted. */
export type RecorderChange = { readonly run: string } | { readonly usage: true };

const DEFAULT_BOUNDS: ShelfBounds = { runs: 200, bytes: 64 * 1024 * 1024, textMs: 3_600_000 };
/** Requests under way whose way in is remembered, and runs that are announced. */
const MOST_KNOWN = 10_000;

type Heard =
  | 'request.started'
  | 'request.finished'
  | 'script.started'
  | 'script.refused'
  | 'script.finished'
  | 'tool.queued'
  | 'tool.started'
  | 'tool.called';
type HeardEvent<N extends EventName = Heard> = Extract<TelemetryEvent, { readonly name: N }>;

/** The recorder of one process; compositions that follow each other may share it. */
export class RunRecorder implements TelemetrySink {
  readonly name = 'console';
  readonly isWindow = true;
  readonly takes: readonly EventName[] = HEARD;
  readonly content = ['script', 'result', 'logs', 'error'] as const;
  readonly #from: RunRecord['from'];
  readonly #now: () => number;
  readonly #shelf: RunShelf;
  readonly #usage: UsageBuckets;
  readonly #listeners = new Set<(change: RecorderChange) => void>();
  /** How requests came that are under way. */
  readonly #requests = new Map<string, 'stdio' | 'http'>();
  /** The ids of runs that the console is about to start. */
  readonly #announced = new Set<string>();

  constructor({ from = 'library', bounds, now = Date.now }: RecorderOptions = {}) {
    this.#from = from;
    this.#now = now;
    this.#shelf = new RunShelf({ ...DEFAULT_BOUNDS, ...bounds }, now);
    this.#usage = new UsageBuckets(now);
  }

  /** A run of this id, when it comes, is the console's own. */
  announce(id: string): void {
    this.#announced.add(id);
    trim(this.#announced);
  }

  /** The latest first, without calls, logs and script. */
  runs(): readonly RunRecord[] {
    this.#shelf.forgetOld();
    return this.#shelf.runs.map(({ head }) => head);
  }

  run(id: string): RunRecord | undefined {
    this.#shelf.forgetOld();
    return this.#shelf.get(id)?.record;
  }

  /** Calls over time, the oldest first. */
  usage(): readonly UsageBucket[] {
    return this.#usage.all;
  }

  /** Calls back at every change; the answer stops it. */
  onChange(listener: (change: RecorderChange) => void): () => void {
    this.#listeners.add(listener);
    return () => {
      this.#listeners.delete(listener);
    };
  }

  /** Forgets everything that is kept of runs. */
  forget(): void {
    this.#shelf.clear();
  }

  record(event: TelemetryEvent): void {
    (this.#folds[event.name as Heard] as ((event: TelemetryEvent) => void) | undefined)?.(event);
  }

  readonly #folds: { readonly [N in Heard]: (event: HeardEvent<N>) => void } = {
    'request.started': ({ requestId, transport }) => {
      this.#requests.set(requestId, transport);
      trim(this.#requests);
    },
    'request.finished': ({ requestId }) => {
      this.#requests.delete(requestId);
    },
    'script.started': (event) => {
      this.#begin(KeptRun.started(event, this.#fromOf(event), this.#now(), event.content ?? {}));
    },
    'script.refused': (event) => {
      this.#usage.finished({ code: event.code, savedTokens: 0 });
      this.#begin(KeptRun.refused(event, this.#fromOf(event), this.#now(), event.content ?? {}));
      this.#tell({ usage: true });
    },
    'script.finished': (event) => {
      this.#usage.finished(event);
      this.#change(event.runId, (run) => run.finished(event, event.content ?? {}));
      this.#tell({ usage: true });
    },
    'tool.queued': (event) => this.#change(event.runId, (run) => run.queued(event)),
    'tool.started': (event) => this.#change(event.runId, (run) => run.sent(event)),
    'tool.called': (event) => {
      this.#usage.called(event);
      this.#change(event.runId, (run) => run.called(event, event.content ?? {}));
      this.#tell({ usage: true });
    },
  };

  #fromOf({ runId, requestId }: Events['script.started' | 'script.refused']): RunRecord['from'] {
    if (this.#announced.delete(runId)) return 'console';
    return (requestId === undefined ? undefined : this.#requests.get(requestId)) ?? this.#from;
  }

  #begin(run: KeptRun): void {
    this.#shelf.add(run);
    this.#tell({ run: run.id });
  }

  #change(id: string | undefined, fold: (run: KeptRun) => void): void {
    const run = id === undefined ? undefined : this.#shelf.get(id);
    if (run === undefined) return;
    fold(run);
    this.#shelf.changed(run);
    this.#tell({ run: run.id });
  }

  #tell(change: RecorderChange): void {
    for (const listener of this.#listeners) listener(change);
  }
}

const HEARD: readonly Heard[] = [
  'request.started',
  'request.finished',
  'script.started',
  'script.refused',
  'script.finished',
  'tool.queued',
  'tool.started',
  'tool.called',
];

/** Forgets the oldest where there are too many. */
function trim(known: Map<string, unknown> | Set<string>): void {
  const [oldest] = known.keys();
  if (oldest !== undefined && known.size > MOST_KNOWN) known.delete(oldest);
}
