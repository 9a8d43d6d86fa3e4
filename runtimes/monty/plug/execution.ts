/**
 * One script, from its text to its result.
 *
 * Monty computes until it needs the host, and answers its state; then the event loop is free. A branch of
 * `parallel` is a copy of that state which goes on by itself: it cannot be seen from the others, and what it
 * answers goes back as JSON text.
 */
import type { Monty, MontyComplete, MontyNameLookup, MontySnapshot, ResumeOptions } from '@pydantic/monty';

import { failureOf, ToolscriptError } from '../../../core/index.js';
import type { Failure, Script, ScriptHost, ScriptResult } from '../../../core/index.js';
import type { MontyPackage } from '../package.js';
import { FramedScript } from '../script/framed-script.js';
import { guestFailure, hostFailure } from '../script/guest-failure.js';
import { receivedJson, sentJson } from '../script/json-text.js';
import { RESERVED_NAMES } from '../script/names.js';
import { HOST, preludeOf } from '../script/prelude.js';
import { ComputeBudget } from './compute-budget.js';
import { HostRequests } from './host-requests.js';
import { Printer } from './printer.js';

/** Milliseconds of computing after which the event loop breathes, even if nothing takes time. */
const SLICE_MS = 10;

/** What all scripts of a runtime share. */
export interface Interpreter {
  readonly monty: MontyPackage;
  /** Python's builtins that Monty has. */
  readonly bound: ReadonlySet<string>;
}

type State = MontySnapshot | MontyNameLookup | MontyComplete;

/** Something that the script did, which `parallel` may hand on. */
class GuestError extends Error {
  constructor(
    readonly failure: Failure,
    readonly raised: { readonly type: string; readonly message: string },
  ) {
    super(failure.message);
  }
}

/** Runs one script. */
export class Execution {
  readonly #requests: HostRequests;
  readonly #budget: ComputeBudget;
  readonly #frame: FramedScript;
  readonly #takesData: boolean;
  #isOver = false;
  #free: number;
  #branches = 0;
  #breathMs = 0;

  constructor(
    private readonly interpreter: Interpreter,
    private readonly script: Script,
    private readonly host: ScriptHost,
  ) {
    const { source, data, catalog } = script;
    const prelude = preludeOf(source, { catalog, keys: Object.keys(data), bound: interpreter.bound });
    this.#frame = new FramedScript(prelude.text, source, HOST.answer);
    this.#takesData = prelude.takesData;
    this.#requests = new HostRequests(script, host);
    this.#budget = new ComputeBudget(host.meter);
    this.#free = host.meter.limits.parallel;
  }

  /** Never rejects for what the script did. */
  async run(): Promise<ScriptResult> {
    const { signal, meter } = this.host;
    try {
      const text = await this.#untilGone(() => this.#answer());
      return { ok: true, text, value: receivedJson(text) };
    } catch (thrown) {
      return { ok: false, error: signal.aborted ? hostFailure(signal.reason) : this.#failure(thrown) };
    } finally {
      this.#isOver = true;
      meter.report({ steps: this.#budget.steps, branches: this.#branches });
      await turn();
    }
  }

  /** What Monty's parser has against the script; nothing runs. */
  check(): Failure | undefined {
    try {
      this.#program(new Printer(this.host));
      return undefined;
    } catch (thrown) {
      return this.#failure(thrown);
    }
  }

  #failure(thrown: unknown): Failure {
    return thrown instanceof GuestError ? thrown.failure : hostFailure(thrown);
  }

  /** Rejects as soon as the signal aborts; what is under way then comes to nothing. */
  async #untilGone<T>(act: () => Promise<T>): Promise<T> {
    const { signal } = this.host;
    signal.throwIfAborted();
    let leave!: () => void;
    const gone = new Promise<never>((_resolve, reject) => {
      leave = () => {
        this.#isOver = true;
        reject(signal.reason as Error);
      };
    });
    signal.addEventListener('abort', leave, { once: true });
    try {
      return await Promise.race([act(), gone]);
    } finally {
      signal.removeEventListener('abort', leave);
    }
  }

  async #answer(): Promise<string> {
    const printer = new Printer(this.host);
    const text = await this.#follow(this.#start(printer), printer, this.#budget.clock());
    return text ?? 'null';
  }

  #start(printer: Printer): State {
    const program = this.#program(printer);
    const { memoryBytes, callDepth } = this.host.meter.limits;
    const inputs = this.#takesData ? { [HOST.data]: sentJson(this.script.data) } : undefined;
    const limits = {
      maxMemory: memoryBytes,
      maxRecursionDepth: callDepth,
      maxDurationSecs: this.#budget.sliceMs / 1_000,
    };
    return this.#compute(printer, () =>
      program.start({ limits, printCallback: printer.take, ...(inputs !== undefined && { inputs }) }),
    );
  }

  #program(printer: Printer): Monty {
    const { Monty } = this.interpreter.monty;
    const inputs = this.#takesData ? [HOST.data] : [];
    return this.#compute(printer, () => new Monty(this.#frame.text, { scriptName: 'script', inputs }));
  }

  /** Goes on from a state to the end; the JSON text that it answers, or undefined for none. */
  async #follow(
    state: State,
    printer: Printer,
    clock: ReturnType<ComputeBudget['clock']>,
  ): Promise<string | undefined> {
    const { MontyComplete, MontyNameLookup } = this.interpreter.monty;
    for (;;) {
      if (state instanceof MontyComplete) {
        printer.end();
        const { output } = state as { readonly output: unknown };
        return typeof output === 'string' ? output : undefined;
      }
      const paused: MontySnapshot | MontyNameLookup = state;
      if (paused instanceof MontyNameLookup) {
        state = this.#compute(printer, () => paused.resume());
        continue;
      }
      const { functionName, args } = paused;
      if (functionName === HOST.join || functionName === HOST.fail) {
        printer.end();
        leave(paused);
        if (args.includes(TOO_DEEP)) throw this.#tooDeep();
        if (functionName === HOST.fail) throw this.#raisedIn(args);
        return String(args[0]);
      }
      const answer = await this.#answerTo(paused, functionName, args);
      if (this.#isOver) throw OVER;
      const fresh = clock.isLate() ? this.#copy(paused, printer) : paused;
      if (fresh !== paused) clock.restart();
      state = this.#compute(printer, () => fresh.resume(answer));
    }
  }

  /** What a branch failed with; the class is one of those that Monty raises for its host, or RuntimeError. */
  #raisedIn([name, text]: readonly unknown[]): GuestError {
    const said = receivedJson(String(text));
    const message = typeof said === 'string' ? said : '';
    const type = RESERVED_NAMES.has(String(name)) ? String(name) : 'RuntimeError';
    const told = this.#requests.told(message);
    const failure: Failure =
      told === undefined ? { code: 'script/runtime', message: `${type}: ${message}` } : failureOf(told);
    return new GuestError(failure, { type, message });
  }

  /** A call of the host's beyond the calls within calls that there may be. */
  #tooDeep(): GuestError {
    return new GuestError(failureOf(this.host.meter.exceeded('callDepth')), RECURSION);
  }

  async #answerTo(state: MontySnapshot, name: string, args: readonly unknown[]): Promise<ResumeOptions> {
    try {
      await this.#breathe();
      if (args.includes(TOO_DEEP)) throw this.#tooDeep();
      if (name === HOST.fork) return { returnValue: await this.#fork(state, branchesOf(args)) };
      return { returnValue: await this.#requests.take(name, args) };
    } catch (thrown) {
      if (thrown instanceof GuestError) return { exception: thrown.raised };
      return { exception: this.#requests.raised(thrown) };
    }
  }

  /**
   * Runs a copy of the state for each branch, as many at a time as there is room for, and answers the JSON
   * text of their results. A branch within a branch takes the room of its own parent at the least.
   */
  async #fork(state: MontySnapshot, count: number): Promise<string> {
    const { MontySnapshot } = this.interpreter.monty;
    const image = count > 0 ? state.dump() : undefined;
    const texts: string[] = [];
    const errors: unknown[] = [];
    let next = 0;
    const work = async (): Promise<void> => {
      while (next < count && !this.#isOver) {
        const index = next++;
        this.#branches += 1;
        const printer = new Printer(this.host);
        try {
          const copy = MontySnapshot.load(image!, { printCallback: printer.take });
          const first = this.#compute(printer, () => copy.resume({ returnValue: index }));
          texts[index] = (await this.#follow(first, printer, this.#budget.clock())) ?? 'null';
        } catch (thrown) {
          if (!(thrown instanceof GuestError)) throw thrown;
          errors[index] = thrown;
        }
      }
    };
    const extra = Math.max(0, Math.min(count, this.#free) - 1);
    this.#free -= extra;
    try {
      await Promise.all(Array.from({ length: extra + 1 }, work));
    } finally {
      this.#free += extra;
    }
    const first = errors.find((error) => error !== undefined);
    if (first !== undefined) throw first as Error;
    return `[${texts.join(',')}]`;
  }

  #copy(state: MontySnapshot, printer: Printer): MontySnapshot {
    return this.interpreter.monty.MontySnapshot.load(state.dump(), { printCallback: printer.take });
  }

  /** Lets Monty compute; throws a {@link GuestError}, or the ToolscriptError of a limit. */
  #compute<Answer>(printer: Printer, slice: () => Answer): Answer {
    const { MontyError } = this.interpreter.monty;
    try {
      const answer = this.#budget.measured(slice);
      printer.check();
      return answer;
    } catch (thrown) {
      printer.check();
      if (!(thrown instanceof MontyError)) throw thrown;
      const { limit, failure } = guestFailure(thrown, {
        meter: this.host.meter,
        frame: this.#frame,
        isOverdue: this.host.clock.now() >= this.host.meter.deadlineMs,
        told: this.#requests.told(thrown.exception.message),
        names: () => this.#requests.names(),
      });
      if (limit !== undefined) throw limit;
      const { typeName, message } = thrown.exception;
      throw new GuestError(failure, { type: typeName, message });
    }
  }

  async #breathe(): Promise<void> {
    if (this.#budget.computedMs - this.#breathMs < SLICE_MS) return;
    this.#breathMs = this.#budget.computedMs;
    await turn();
  }
}

/** What Monty hands to its host in place of what lies too deep; JSON text it is none. */
const TOO_DEEP = '<deeply nested>';
/** As Monty itself raises it. */
const RECURSION = { type: 'RecursionError', message: 'maximum recursion depth exceeded' };

/** Lets the event loop turn: in between, what native code holds for nobody is freed. */
function turn(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

/** Lets a branch that is over come to its end, so that its memory is free at once. */
function leave(state: MontySnapshot): void {
  try {
    state.resume({ returnValue: null });
  } catch {
    // It ends by a limit.
  }
}

function branchesOf([count]: readonly unknown[]): number {
  if (typeof count === 'number' && Number.isSafeInteger(count) && count >= 0) return count;
  throw new ToolscriptError({ code: 'script/runtime', message: 'parallel: wanted a list of functions' });
}

const OVER = new ToolscriptError({ code: 'cancelled', message: 'run the script: it is over' });
