/**
 * The children of one runtime, and the scripts that wait for one.
 *
 * From the first on there is always one that is ready or on its way; more come when all have something to do. Children that
 * die in a row come back more and more slowly, so that nothing that kills them makes a storm of starts.
 */
import { ToolscriptError } from '../../../core/index.js';
import type { Clock, Script, ScriptHost, ScriptResult } from '../../../core/index.js';
import type { Isolation } from '../isolation.js';
import type { RuntimeSource } from '../runtime-source.js';
import type { Act } from '../wire/message.js';
import { endText } from './ending.js';
import type { ProcessEnd } from './ending.js';
import { EndReport } from './end-report.js';
import { MemoryWatch } from './memory-watch.js';
import { OrphanWatch } from './orphan-watch.js';
import { ScriptLink } from './script-link.js';
import { ScriptProcess } from './script-process.js';

/** Deaths in a row that are made good at once. */
const FREE_DEATHS = 3;
const FIRST_DELAY_MS = 25;
const LONGEST_DELAY_MS = 2_000;

/** What a pool is made of. */
export interface ProcessPoolOptions {
  readonly source: RuntimeSource;
  readonly isolation: Isolation;
  readonly clock: Clock;
  /** Takes what an operator should know of processes that ended, a line each. */
  readonly report: (line: string) => void;
}

/** Runs scripts in children. */
export class ProcessPool {
  readonly #options: ProcessPoolOptions;
  readonly #processes = new Set<ScriptProcess>();
  readonly #waiting = new Set<ScriptLink>();
  readonly #watch: MemoryWatch;
  readonly #orphans = new OrphanWatch();
  readonly #ends: EndReport;
  /** Since a script came to its own end. */
  #deaths = 0;
  #startsAt = Number.NEGATIVE_INFINITY;
  #cancelStart: (() => void) | undefined;
  #isClosed = false;

  constructor(options: ProcessPoolOptions) {
    this.#options = options;
    this.#watch = new MemoryWatch(this.#processes, options.isolation.memoryBytes);
    this.#ends = new EndReport(options.report, options.clock);
  }

  /** Starts the first child, if there is none. */
  warm(): void {
    if (this.#processes.size === 0) this.#grow();
  }

  /** The process ids of its children. */
  get pids(): readonly number[] {
    return [...this.#processes].flatMap(({ pid }) => pid ?? []);
  }

  /** Runs a script, or checks it, as soon as a child has a seat; its wall time runs meanwhile. */
  run(script: Script, host: ScriptHost, act: Act = 'run'): Promise<ScriptResult> {
    const link = new ScriptLink(script, host, act);
    if (this.#isClosed) link.fail(closed());
    else if (host.signal.aborted) link.fail(host.signal.reason as ToolscriptError);
    else this.#enqueue(link);
    return link.result;
  }

  /** Ends all children; resolves when none is left. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancelStart?.();
    this.#watch.stop();
    this.#refuseWaiting(closed());
    const all = [...this.#processes];
    for (const process of all) process.kill({ by: 'us' });
    await Promise.all(all.map(({ gone }) => gone));
    this.#orphans.stop();
    this.#ends.close();
  }

  #enqueue(link: ScriptLink): void {
    const { signal } = link.host;
    const leave = (): void => {
      if (this.#waiting.delete(link)) link.fail(signal.reason as ToolscriptError);
    };
    this.#waiting.add(link);
    signal.addEventListener('abort', leave, { once: true });
    void link.result.then(() => signal.removeEventListener('abort', leave));
    this.#assign();
  }

  #assign(): void {
    for (const link of this.#waiting) {
      const process = this.#leastLoaded();
      if (process === undefined) break;
      this.#waiting.delete(link);
      process.run(link);
      this.#watch.wake();
    }
    this.#grow();
  }

  #leastLoaded(): ScriptProcess | undefined {
    let least: ScriptProcess | undefined;
    for (const process of this.#processes) {
      if (process.isFree && (least === undefined || process.load < least.load)) least = process;
    }
    return least;
  }

  /** Starts a child when all that there are have something to do; one at a time. */
  #grow(): void {
    const staying = [...this.#processes].filter(({ isLeaving }) => !isLeaving);
    const isIdle = staying.some(({ isReady, load }) => !isReady || load === 0);
    if (this.#isClosed || isIdle || staying.length >= this.#options.isolation.processes) return;
    const delayMs = this.#startsAt - this.#options.clock.now();
    if (delayMs <= 0) this.#start();
    else this.#cancelStart ??= this.#options.clock.after(delayMs, () => this.#startLater());
  }

  #startLater(): void {
    this.#cancelStart = undefined;
    this.#grow();
  }

  #start(): void {
    try {
      this.#processes.add(this.#started());
      this.#orphans.see(this.pids);
    } catch (error) {
      this.#mourn({ by: 'exit', detail: reasonOf(error) }, '', false);
      this.#grow();
    }
  }

  #started(): ScriptProcess {
    const { source, isolation, clock } = this.#options;
    return new ScriptProcess({
      source,
      isolation,
      clock,
      onFree: (isDone) => {
        if (isDone) this.#deaths = 0;
        this.#assign();
      },
      onGone: (gone, end, reason) => this.#lost(gone, end, reason),
    });
  }

  #lost(process: ScriptProcess, end: ProcessEnd, reason: string): void {
    this.#processes.delete(process);
    this.#orphans.see(this.pids);
    if (end.by !== 'us') this.#mourn(end, reason, process.isReady);
    this.#assign();
  }

  #mourn(end: ProcessEnd, reason: string, hadBegun: boolean): void {
    const { clock } = this.#options;
    this.#deaths += 1;
    const doubled = FIRST_DELAY_MS * 2 ** (this.#deaths - FREE_DEATHS - 1);
    const delayMs = this.#deaths <= FREE_DEATHS ? 0 : Math.min(doubled, LONGEST_DELAY_MS);
    this.#startsAt = clock.now() + delayMs;
    const detail = end.by === 'violation' ? `: ${end.detail}` : reason === '' ? '' : `: ${reason}`;
    this.#ends.tell(`a process for scripts ${endText(end)}${detail}`);
    if (!hadBegun && this.#deaths >= FREE_DEATHS) this.#refuseWaiting(noStart(delayMs));
  }

  #refuseWaiting(error: ToolscriptError): void {
    for (const link of this.#waiting) link.fail(error);
    this.#waiting.clear();
  }
}

function reasonOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

function closed(): ToolscriptError {
  return new ToolscriptError({ code: 'cancelled', message: 'run: code mode is closed' });
}

function noStart(retryAfterMs: number): ToolscriptError {
  return new ToolscriptError({
    code: 'internal',
    message: 'run: no process for scripts can be started at the moment',
    hint: 'nothing was run; tell whoever operates this server, or try again later',
    retryAfterMs,
  });
}
