/**
 * One sandbox: QuickJS in a WebAssembly memory of its own, for one script at a time.
 *
 * Everything that computes in it is metered. What ends a script for good is thrown through it: then it is
 * broken, and whoever holds it throws it away. Otherwise the next script finds it as the first one did.
 */
import type { QuickJSContext, QuickJSHandle, QuickJSRuntime } from 'quickjs-emscripten-core';

import { ToolscriptError } from '../../../core/index.js';
import type { Engine, EngineInstance } from './engine.js';
import { GUEST_FILE, GUEST_PROGRAM } from './guest-program.js';
import { MemoryImage } from './memory-image.js';
import { INSTRUCTION_FUEL } from './metering.js';

/** Who runs a script in a sandbox. */
export interface Supervisor {
  /** Told now and then while the script computes; throws to end it. */
  check(steps: number): void;
  /** What ends a script that wants more memory, or more calls within calls. */
  memoryMet(): Error;
  depthMet(): Error;
  /** What ends a script whose sandbox broke. */
  broken(cause: unknown): Error;
  /** Answers a request of the guest; never throws. */
  ask(request: string): string | undefined;
}

/** What a script may have of a sandbox. */
export interface Allowance {
  readonly memoryBytes: number;
  readonly callDepth: number;
}

/** How a text is evaluated. */
export interface EvaluationOptions {
  /** Lines before the script. Without any it may await at top level, and answers its completion value in a box. */
  readonly linesBefore: number;
  /** With `parse` nothing of it runs. */
  readonly mode: 'run' | 'parse';
}

/** How the evaluation of a text went. */
export type Evaluation =
  | { readonly ok: true; readonly promise: QuickJSHandle }
  /** What was thrown, as the guest describes it: JSON text. */
  | { readonly ok: false; readonly error: string };

/** By how much a memory grows. */
const PAGE_BYTES = 65_536;
/** Steps between two looks at the clock. */
const SLICE_STEPS = 10_000;
/** Bytes of QuickJS's own stack; deeper nesting of texts and values is an error of the script. */
const STACK_BYTES = 512 * 1024;
/** A memory that has grown beyond this is not kept. */
const KEPT_BYTES = 64 * 1024 * 1024;

/** The functions of the guest program, in its order. */
const GUEST = { open: 0, follow: 1, settle: 2, describe: 3 } as const;

/** A sandbox. */
export class Sandbox {
  #instance!: EngineInstance;
  #runtime!: QuickJSRuntime;
  #context!: QuickJSContext;
  #image!: MemoryImage;
  #guest: readonly QuickJSHandle[] = [];
  #supervisor: Supervisor | undefined;
  #isSound = true;
  #isRefused = false;
  #asked = 0;
  #mostPages = Number.POSITIVE_INFINITY;
  /** Fuel handed out since the rate last changed, and the steps until then. */
  #granted = 0;
  #steps = 0;
  #rate = 1;
  #stack = '';
  #isLocating = false;
  #linesBefore = 0;

  private constructor(readonly mark: string) {}

  static async create(engine: Engine, mark: string): Promise<Sandbox> {
    const sandbox = new Sandbox(mark);
    sandbox.#instance = await engine.instance({
      outOfFuel: () => {
        sandbox.#outOfFuel();
      },
      tooDeep: () => {
        sandbox.#locate();
        throw sandbox.#supervisor?.depthMet() ?? new RangeError('too deep');
      },
      asks: (number) => {
        sandbox.#asked = number;
      },
    });
    sandbox.#prepare();
    return sandbox;
  }

  /** Whether another script may run in it. */
  get isSound(): boolean {
    return this.#isSound && this.#instance.memory.buffer.byteLength <= KEPT_BYTES;
  }

  /** Steps of the script so far. */
  get steps(): number {
    return Math.ceil(this.#steps + (this.#fuelUsed() / INSTRUCTION_FUEL) * this.#rate);
  }

  /** Bytes of memory that the script needed besides those that every sandbox has. */
  get memoryBytes(): number {
    return this.#instance.pages.value * PAGE_BYTES - this.#image.bytes;
  }

  /** Where the script was when it was ended in the midst of computing, as QuickJS writes stacks; empty where unknown. */
  get stack(): string {
    return this.#stack;
  }

  /** Lines of the text that was evaluated last that stand before the script. */
  get linesBefore(): number {
    return this.#linesBefore;
  }

  /** Begins a script. */
  begin(supervisor: Supervisor, { memoryBytes, callDepth }: Allowance): void {
    this.#image.restore(this.#instance.memory);
    this.#supervisor = supervisor;
    this.#isRefused = false;
    this.#mostPages = (this.#image.bytes + memoryBytes) / PAGE_BYTES;
    this.#instance.pages.value = this.#image.bytes / PAGE_BYTES;
    this.#steps = 0;
    this.#rate = 1;
    this.#stack = '';
    this.#refuel();
    // The text of a script is a call, too.
    this.#instance.depth.value = callDepth + OWN_CALLS;
  }

  /** The script is over; nothing of it runs any more. */
  end(): void {
    this.#supervisor = undefined;
  }

  /** From now on, one step of computing counts as so many. */
  countAs(rate: number): void {
    this.#steps += (this.#fuelUsed() / INSTRUCTION_FUEL) * this.#rate;
    this.#rate = rate;
    this.#refuel();
  }

  /** The memory is broken, or the script is to end: at its next step it is checked. */
  interrupt(): void {
    this.#steps += (this.#fuelUsed() / INSTRUCTION_FUEL) * this.#rate;
    this.#granted = -1;
    this.#instance.fuel.value = -1;
  }

  /** Evaluates a text of a file, up to where it awaits. */
  evaluate(source: string, file: string, { linesBefore, mode }: EvaluationOptions): Evaluation {
    this.#linesBefore = linesBefore;
    return this.#guarded(() => {
      const flags = (linesBefore === 0 ? TOP_LEVEL_AWAIT : 0) | (mode === 'parse' ? COMPILE_ONLY : 0);
      const result = this.#context.evalCode(source, file, flags);
      return result.error === undefined
        ? { ok: true, promise: result.value }
        : { ok: false, error: this.#context.getString(this.#describe(result.error)) };
    });
  }

  /** Tells the guest of the tools that a script names, and of its data. */
  open(names: string, form: string, data: string): void {
    this.#call(GUEST.open, names, form, data, chanceSeed());
  }

  /** Lets the guest report how the promise of an evaluation ends. */
  follow(promise: QuickJSHandle): void {
    const kind = this.#linesBefore === 0 ? 'box' : '';
    this.#guarded(() => this.#invoke(GUEST.follow, [promise, this.#context.newString(kind)]));
  }

  /** Answers something that the guest waits for; `content` is what came beside it, as JSON text, or empty. */
  settle(id: number, form: string, text: string, content = ''): void {
    this.#call(GUEST.settle, String(id), form, text, content);
  }

  /** Runs what is due, at most so many jobs; answers whether there is more. */
  runJobs(most: number): boolean {
    return this.#guarded(() => {
      const result = this.#runtime.executePendingJobs(most);
      result.dispose();
      return this.#runtime.hasPendingJob();
    });
  }

  #call(guest: number, ...args: readonly string[]): void {
    this.#guarded(() =>
      this.#invoke(
        guest,
        args.map((text) => this.#context.newString(text)),
      ),
    );
  }

  /** No handle is given back: the next script begins with the memory as it was. */
  #invoke(guest: number, args: QuickJSHandle[]): void {
    const { error } = this.#context.callFunction(this.#guest[guest]!, this.#context.undefined, ...args);
    if (error !== undefined) throw new RangeError('the guest program failed');
  }

  #describe(error: QuickJSHandle): QuickJSHandle {
    const { undefined: none } = this.#context;
    const described = this.#context.callFunction(this.#guest[GUEST.describe]!, none, error);
    if (described.error !== undefined) throw new RangeError('the guest program failed');
    return described.value;
  }

  /** What throws breaks the sandbox. */
  #guarded<Answer>(act: () => Answer): Answer {
    const supervisor = this.#supervisor;
    try {
      const answer = act();
      if (this.#isRefused && supervisor !== undefined) throw supervisor.memoryMet();
      return answer;
    } catch (thrown) {
      this.#isSound = false;
      if (supervisor === undefined || thrown instanceof ToolscriptError) throw thrown;
      if (this.#isRefused) throw supervisor.memoryMet();
      throw isStackOverflow(thrown) ? supervisor.depthMet() : supervisor.broken(thrown);
    }
  }

  /** Without a supervisor QuickJS itself begins: there is nothing to count. */
  #outOfFuel(): void {
    if (this.#isLocating) throw new RangeError('it takes too long to tell where the script is');
    if (this.#supervisor === undefined) return;
    this.#steps = this.steps;
    this.#refuel();
    try {
      if (this.#isRefused) throw this.#supervisor.memoryMet();
      this.#supervisor.check(this.#steps);
    } catch (thrown) {
      this.#locate();
      throw thrown;
    }
  }

  /**
   * Asks QuickJS where the script is, in the midst of whatever it does: the sandbox is about to be thrown away, so
   * that nothing can be spoilt. Without an answer the place is not known.
   */
  #locate(): void {
    this.#isLocating = true;
    try {
      this.#refuel();
      this.#instance.depth.value += OWN_CALLS;
      const result = this.#context.evalCode('new Error().stack', GUEST_FILE);
      this.#stack = result.error === undefined ? this.#context.getString(result.value) : '';
    } catch {
      this.#stack = '';
    } finally {
      this.#isLocating = false;
    }
  }

  #fuelUsed(): number {
    return this.#granted - this.#instance.fuel.value;
  }

  #refuel(): void {
    this.#granted = SLICE_STEPS * INSTRUCTION_FUEL;
    this.#instance.fuel.value = this.#granted;
  }

  #prepare(): void {
    const { memory, quickjs, depth } = this.#instance;
    const grow = memory.grow.bind(memory);
    Object.defineProperty(memory, 'grow', { value: (pages: number) => this.#grow(pages, grow) });
    depth.value = 1_000;
    this.#refuel();
    this.#runtime = quickjs.newRuntime({ maxStackSizeBytes: STACK_BYTES });
    this.#context = this.#runtime.newContext();
    const context = this.#context;
    const ask = context.newFunction('ask', (request) => {
      const answer = this.#supervisor?.ask(context.getString(request));
      return answer === undefined ? context.undefined : context.newString(answer);
    });
    const program = context.unwrapResult(context.evalCode(GUEST_PROGRAM, GUEST_FILE));
    const none = context.undefined;
    const functions = context.unwrapResult(
      context.callFunction(program, none, ask, context.newString(this.mark)),
    );
    this.#guest = Object.values(GUEST).map((index) => context.getProp(functions, index));
    this.#image = new MemoryImage(memory);
  }

  /** The wall around the memory, and its size as QuickJS sees it: as many pages as it wants, not as it asks for. */
  #grow(asked: number, grow: (pages: number) => number): number {
    const { memory, pages } = this.#instance;
    const now = memory.buffer.byteLength / PAGE_BYTES;
    const wanted = Math.ceil(this.#asked / PAGE_BYTES);
    this.#isRefused = wanted > this.#mostPages;
    if (this.#isRefused || wanted > now + asked) {
      this.interrupt();
      throw new RangeError('no more memory');
    }
    if (wanted > now) grow(wanted - now);
    pages.value = wanted;
    return now;
  }
}

/** `JS_EVAL_FLAG_ASYNC` of quickjs.h: the text may await; its value comes in a box, in a promise. */
const TOP_LEVEL_AWAIT = 1 << 7;
/** `JS_EVAL_FLAG_COMPILE_ONLY` */
const COMPILE_ONLY = 1 << 5;
/** Calls of the guest program around those of a script. */
const OWN_CALLS = 4;

/** What `Math.random` begins with, as JSON text: always of the same length, so that reading it takes the same steps. */
function chanceSeed(): string {
  const words = crypto.getRandomValues(new Uint32Array(4));
  return JSON.stringify([...words].map((word) => (word | TOP_BIT) >>> 0));
}

const TOP_BIT = 0x8000_0000;

/** The machine's own stack ended before that of QuickJS. */
function isStackOverflow(thrown: unknown): boolean {
  return thrown instanceof RangeError && thrown.message.includes('call stack');
}
