/** One child: its start, the scripts in it, its end. Whatever it does, each of its scripts has a result. */
import type { ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';
import type { Duplex } from 'node:stream';

import { failureOf } from '../../../core/index.js';
import type { Clock, ToolscriptError } from '../../../core/index.js';
import type { Isolation } from '../isolation.js';
import type { RuntimeSource } from '../runtime-source.js';
import { childMessage } from '../wire/child-message.js';
import { FrameError, FrameReader, frameOf } from '../wire/frame.js';
import type { ToChild, ToParent } from '../wire/message.js';
import { lostScript } from './ending.js';
import type { ProcessEnd } from './ending.js';
import { launch } from './launch.js';
import type { ScriptLink } from './script-link.js';
import { SentCatalogs } from './sent-catalogs.js';
import { StderrTail } from './stderr-tail.js';

/** Milliseconds that a child may take to be ready. */
const START_MS = 30_000;
/** Milliseconds after which a script that must end has its result, whether the child answers or not. */
const ANSWER_MS = 200;
/** Milliseconds after which a child is ended that does not end a script. */
const SILENCE_MS = 1_000;
/** The largest message where no script is under way. */
const LEAST_BYTES = 65_536;

/** What a child is made of, and who hears of it. */
export interface ScriptProcessOptions {
  readonly source: RuntimeSource;
  readonly isolation: Isolation;
  readonly clock: Clock;
  /** It is ready, or has a seat more. `isDone`: a script came to its own end. */
  readonly onFree: (isDone: boolean) => void;
  readonly onGone: (process: ScriptProcess, end: ProcessEnd, reason: string) => void;
}

/** A child process. */
export class ScriptProcess {
  readonly #options: ScriptProcessOptions;
  readonly #child: ChildProcess;
  readonly #wire: Duplex;
  readonly #stderr: StderrTail;
  readonly #catalogs = new SentCatalogs((message) => this.#send(message));
  readonly #scripts = new Map<number, Seat>();
  readonly #gone: Promise<void>;
  #served = 0;
  #isReady = false;
  #isRetired = false;
  #isSilent = false;
  #end: ProcessEnd | undefined;
  #reason = '';

  constructor(options: ScriptProcessOptions) {
    this.#options = options;
    const { child, wire, stderr } = launch(options.source, options.isolation);
    this.#child = child;
    this.#wire = wire;
    this.#stderr = new StderrTail(stderr);
    // Idle children keep no process alive.
    child.unref();
    for (const stream of [wire, stderr]) unref(stream);
    this.#gone = this.#follow();
    this.#send({ type: 'open', source: options.source });
  }

  /** Undefined when it never came to be. */
  get pid(): number | undefined {
    return this.#child.pid;
  }

  /** It has said that it is ready. */
  get isReady(): boolean {
    return this.#isReady;
  }

  /** Takes no script any more. */
  get isLeaving(): boolean {
    return this.#isRetired || this.#end !== undefined;
  }

  /** Scripts that it is busy with. */
  get load(): number {
    return this.#scripts.size;
  }

  /** Whether it may have another script now. */
  get isFree(): boolean {
    const { scriptsAtOnce } = this.#options.isolation;
    return this.#isReady && !this.isLeaving && !this.#isSilent && this.load < scriptsAtOnce;
  }

  /** Gives it a script. */
  run(link: ScriptLink): void {
    const id = (this.#served += 1);
    const { script, host, act } = link;
    const seat = { link, leave: this.#endWith(id, link) };
    this.#scripts.set(id, seat);
    const { source, data } = script;
    const { limits } = host.meter;
    const catalog = this.#catalogs.numberOf(script.catalog);
    this.#send({ type: 'run', id, act, source, data, catalog, limits, elapsedMs: host.meter.elapsedMs() });
    if (this.#served >= this.#options.isolation.scriptsPerProcess) this.retire();
  }

  /** Gives it no more scripts, and ends it after those that it has. */
  retire(): void {
    this.#isRetired = true;
    if (this.load === 0) this.kill({ by: 'us' });
  }

  /** Ends it now. */
  kill(end: ProcessEnd): void {
    this.#end ??= end;
    this.#child.ref();
    this.#child.kill('SIGKILL');
  }

  /** Resolves when nothing is left of it. */
  get gone(): Promise<void> {
    return this.#gone;
  }

  async #follow(): Promise<void> {
    const cancelStart = this.#options.clock.after(START_MS, () => this.kill({ by: 'silence' }));
    this.#listen(cancelStart);
    const detail = await endOf(this.#child);
    cancelStart();
    const end = this.#end ?? (this.#stderr.isOutOfMemory ? { by: 'memory' } : { by: 'exit', detail });
    this.#end = end;
    this.#lose(end);
    this.#options.onGone(this, end, this.#reason);
  }

  #listen(onReady: () => void): void {
    const reader = new FrameReader(
      () => this.#maxBytes(),
      (message) => this.#take(childMessage(message), onReady),
    );
    this.#wire.on('data', (chunk: Buffer) => {
      if (this.#end !== undefined) return;
      this.#orViolated(() => reader.push(chunk));
    });
    this.#wire.on('error', () => undefined);
  }

  #maxBytes(): number {
    let most = LEAST_BYTES;
    for (const { link } of this.#scripts.values()) most = Math.max(most, link.messageBytes);
    return most;
  }

  #take(message: ToParent, onReady: () => void): void {
    if (message.type === 'ready' && !this.#isReady) {
      this.#isReady = true;
      onReady();
      this.#options.onFree(false);
    } else if (message.type === 'unfit' && !this.#isReady) {
      this.#reason = message.reason.slice(0, 500);
      this.kill({ by: 'exit', detail: 'the runtime cannot be loaded' });
    } else if (message.type === 'ready' || message.type === 'unfit') {
      throw new FrameError('a second beginning');
    } else {
      const seat = this.#scripts.get(message.id);
      if (seat === undefined) throw new FrameError('a message of no script');
      seat.link.take(message, (answer) => this.#send(answer));
      if (message.type === 'result') this.#freed(message.id, seat);
    }
  }

  #freed(id: number, seat: Seat): void {
    seat.leave();
    this.#scripts.delete(id);
    this.#isSilent = false;
    if (this.#isRetired && this.load === 0) this.kill({ by: 'us' });
    this.#options.onFree(true);
  }

  /** Passes the end of a script on; the answer stops that. */
  #endWith(id: number, link: ScriptLink): () => void {
    const { signal } = link.host;
    const { clock } = this.#options;
    let cancel = (): void => undefined;
    const onAbort = (): void => {
      const reason = failureOf(signal.reason as ToolscriptError);
      this.#send({ type: 'end', id, reason });
      cancel = clock.after(ANSWER_MS, () => {
        this.#isSilent = true;
        link.fail(reason);
        cancel = clock.after(SILENCE_MS - ANSWER_MS, () => this.kill({ by: 'silence' }));
      });
    };
    signal.addEventListener('abort', onAbort, { once: true });
    return () => {
      signal.removeEventListener('abort', onAbort);
      cancel();
    };
  }

  #lose(end: ProcessEnd): void {
    const error = lostScript(end, this.load, this.#options.isolation.memoryBytes);
    for (const { link, leave } of this.#scripts.values()) {
      leave();
      link.fail(error);
    }
    this.#scripts.clear();
  }

  /** What waits to be read by a child is no more than it could hold. */
  #send(message: ToChild): void {
    if (this.#end !== undefined || !this.#wire.writable) return;
    this.#wire.write(frameOf(message));
    if (this.#wire.writableLength > this.#options.isolation.memoryBytes) {
      this.kill({ by: 'violation', detail: 'it does not read' });
    }
  }

  #orViolated(act: () => void): void {
    try {
      act();
    } catch (error) {
      if (!(error instanceof FrameError)) throw error;
      this.kill({ by: 'violation', detail: error.message });
    }
  }
}

interface Seat {
  readonly link: ScriptLink;
  /** Stops listening for the script's end. */
  readonly leave: () => void;
}

/** Pipes are sockets, which can be left alone. */
function unref(stream: unknown): void {
  if (stream instanceof Socket) stream.unref();
}

/** How the process ended, once it has and all that it said was read. */
function endOf(child: ChildProcess): Promise<string> {
  return new Promise((resolve) => {
    child.once('error', (error) => resolve(error.message));
    child.once('close', (code, signal) => resolve(signal ?? `exit code ${String(code)}`));
  });
}
