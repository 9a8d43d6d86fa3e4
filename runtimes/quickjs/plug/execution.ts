/**
 * One script in one sandbox, from its text to its result.
 *
 * The sandbox computes until it waits for the host; then the event loop is free. What the host answers goes in,
 * what is due runs, and so on. A computation cannot be interrupted to let others have a turn, but between two jobs
 * of a script the event loop breathes.
 */
import { failureOf, ToolscriptError } from '../../../core/index.js';
import type { Failure, Json, Script, ScriptHost, ScriptResult } from '../../../core/index.js';
import type { EvaluationOptions, Sandbox, Supervisor } from '../sandbox/sandbox.js';
import { failureFrom, placeIn } from '../script/guest-failure.js';
import type { GuestError } from '../script/guest-failure.js';
import { fromGuest, guestJson } from '../script/marked-json.js';
import { namesIn, OWN_NAMES } from '../script/names.js';
import { readScript } from '../script/reading.js';
import { GuestRequests, hostError, isCatchable, told } from './guest-requests.js';
import type { Answer, GuestRun } from './guest-requests.js';

/** Jobs of a script that run without a look at the clock, and milliseconds after which the event loop breathes. */
const JOBS_AT_ONCE = 1_000;
const SLICE_MS = 10;
/** What one step counts as while values cross the border of the sandbox. */
const CROSSING_RATE = 1 / 16;

/** Runs one script. */
export class Execution implements Supervisor, GuestRun {
  readonly #requests: GuestRequests;
  readonly #result: Promise<ScriptResult>;
  readonly #answers: Answer[] = [];
  #finish!: (result: ScriptResult) => void;
  #isOver = false;
  #isComputing = false;
  /** What no script may catch. */
  #stopped: ToolscriptError | undefined;
  /** What the script answered; it may still have calls under way. */
  #value: string | undefined;

  constructor(
    private readonly sandbox: Sandbox,
    readonly script: Script,
    readonly host: ScriptHost,
    /** With `parse` nothing of the script runs: the result of what can be read is null. */
    private readonly mode: EvaluationOptions['mode'] = 'run',
  ) {
    this.#requests = new GuestRequests(this);
    this.#result = new Promise((resolve) => {
      this.#finish = resolve;
    });
  }

  get mark(): string {
    return this.sandbox.mark;
  }

  /** Never rejects for what the script did. */
  async run(): Promise<ScriptResult> {
    const { signal } = this.host;
    const leave = (): void => {
      this.stop(hostError(signal.reason));
    };
    signal.addEventListener('abort', leave, { once: true });
    if (signal.aborted) leave();
    else await this.#start();
    const result = await this.#result;
    signal.removeEventListener('abort', leave);
    return result;
  }

  /** Steps, and bytes of memory, that were used. */
  usage(): { readonly steps: number; readonly memoryBytes: number } {
    const { steps, memoryBytes } = this.sandbox;
    return { steps, memoryBytes };
  }

  check(steps: number): void {
    const { meter, clock } = this.host;
    if (this.#stopped !== undefined) throw this.#stopped;
    if (steps > meter.limits.steps) throw meter.exceeded('steps');
    if (clock.now() > meter.deadlineMs) throw meter.exceeded('wallTimeMs');
  }

  memoryMet(): Error {
    return this.host.meter.exceeded('memoryBytes');
  }

  depthMet(): Error {
    return this.host.meter.exceeded('callDepth');
  }

  broken(cause: unknown): Error {
    return new ToolscriptError({ code: 'internal', message: 'run: the sandbox broke' }, { cause });
  }

  ask(text: string): string | undefined {
    if (this.#isOver || this.#stopped !== undefined) return undefined;
    try {
      const [act, ...request] = JSON.parse(text) as [string, ...Json[]];
      const value = this.#ended(act, request) ? undefined : this.#requests.take(act, request);
      return value === undefined ? undefined : `{"value":${JSON.stringify(value)}}`;
    } catch (thrown) {
      const error = hostError(thrown);
      if (isCatchable(error)) return `{"error":${JSON.stringify(told(error))}}`;
      this.#stopped = error;
      this.sandbox.interrupt();
      return undefined;
    }
  }

  answer(answer: Answer): void {
    if (this.#isOver) return;
    this.#answers.push(answer);
    this.#go();
  }

  stop(error: ToolscriptError): void {
    const { stack, linesBefore } = this.sandbox;
    const place = placeIn(stack, linesBefore);
    this.#end({ ok: false, error: { ...failureOf(error), ...(isTelling(place) && place) } });
  }

  async #start(): Promise<void> {
    const { sandbox, script, host } = this;
    const { memoryBytes, callDepth } = host.meter.limits;
    try {
      sandbox.begin(this, { memoryBytes, callDepth });
      const data = guestJson(script.data, this.mark);
      const used = [...namesIn(script.source)].filter(
        (name) => script.catalog.byScriptName(name) !== undefined,
      );
      sandbox.countAs(CROSSING_RATE);
      sandbox.open(JSON.stringify(used), data.form, data.text);
      sandbox.countAs(1);
      const reading = await readScript(sandbox, script.source, {
        meter: host.meter,
        names: this.#names,
        has: this.#has,
        mode: this.mode,
      });
      if (this.#isOver) return;
      if (!reading.ok) {
        this.#end(reading);
        return;
      }
      if (this.mode === 'parse') {
        this.#end({ ok: true, value: null, text: 'null' });
        return;
      }
      sandbox.follow(reading.promise);
      this.#go();
    } catch (thrown) {
      this.stop(hostError(thrown));
    }
  }

  /** Computes, unless it is under way already. */
  #go(): void {
    if (this.#isComputing || this.#isOver) return;
    this.#isComputing = true;
    try {
      if (this.#compute()) {
        setImmediate(() => {
          this.#isComputing = false;
          this.#go();
        });
        return;
      }
      this.#isComputing = false;
      this.#settleDown();
    } catch (thrown) {
      this.stop(hostError(thrown));
    }
  }

  /** Answers whether there is more to compute, which waits for a turn of the event loop. */
  #compute(): boolean {
    const { sandbox, host } = this;
    const until = host.clock.now() + SLICE_MS;
    for (;;) {
      const hasMore = sandbox.runJobs(JOBS_AT_ONCE);
      if (this.#stopped !== undefined) throw this.#stopped;
      if (this.#isOver) return false;
      if (!hasMore) {
        const answer = this.#answers.shift();
        if (answer === undefined) return false;
        sandbox.countAs(CROSSING_RATE);
        sandbox.settle(answer.id, answer.form, answer.text, answer.content);
        sandbox.countAs(1);
      }
      this.check(sandbox.steps);
      if (host.clock.now() > until) return true;
    }
  }

  /** Nothing more happens by itself: the script is over, or waits for the host, or for nothing at all. */
  #settleDown(): void {
    if (this.#isOver) return;
    if (this.#value !== undefined) {
      if (this.#requests.calls === 0) this.#end({ ok: true, ...this.#answered(this.#value) });
    } else if (!this.#requests.isWaiting) {
      this.#end({ ok: false, error: WAITS_FOR_NOTHING });
    }
  }

  /** The answer; one that is too large is refused before it is read. */
  #answered(text: string): { readonly value: Json; readonly text: string } {
    const { meter } = this.host;
    if (text.length > meter.limits.outputBytes && !text.includes(this.mark))
      throw meter.exceeded('outputBytes');
    return fromGuest(text, this.mark);
  }

  /** What the guest program tells of the script itself. */
  #ended(act: string, [told]: readonly Json[]): boolean {
    if (act === 'encoding') this.sandbox.countAs(told === true ? CROSSING_RATE : 1);
    else if (act === 'done' && typeof told === 'string') this.#value = told;
    else if (act === 'failed') this.#failed(told as Json & GuestError);
    else return false;
    return true;
  }

  #failed(error: GuestError): void {
    const context = { meter: this.host.meter, linesBefore: this.sandbox.linesBefore, names: this.#names };
    this.#end({ ok: false, error: failureFrom(error, context) });
  }

  #end(result: ScriptResult): void {
    if (this.#isOver) return;
    this.#isOver = true;
    this.#requests.end();
    this.#finish(result);
  }

  readonly #has = (name: string): boolean =>
    Object.hasOwn(this.script.data, name) || this.script.catalog.byScriptName(name) !== undefined;

  readonly #names = (): readonly string[] => [
    ...OWN_NAMES,
    ...Object.keys(this.script.data),
    ...this.script.catalog.bound.map(({ scriptName }) => scriptName),
    ...namesIn(this.script.source),
  ];
}

const WAITS_FOR_NOTHING: Failure = {
  code: 'script/runtime',
  message: 'run the script: it waits for something that never comes',
  hint: 'a promise that is awaited is never resolved: call resolve, or await a tool',
};

/** QuickJS says the beginning where it does not know better. */
function isTelling({ position }: Pick<Failure, 'position'>): boolean {
  return position !== undefined && (position.line > 1 || position.column > 1);
}
