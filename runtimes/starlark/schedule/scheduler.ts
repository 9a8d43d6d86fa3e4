/**
 * Runs the branches of one script, one at a time.
 *
 * A branch runs until something answers PENDING. By then every node on the way out has kept what it does
 * next; those are put on the branch's stack, and the next branch that is ready runs. When what a branch
 * waits for is there, its stack is taken down again, innermost first, each resumption getting what the one
 * before it answered; an error takes it down too, past all but those that want to hear of it.
 *
 * A run computes for a slice of time, then lets the event loop breathe. A run that ended is a set of
 * stacks that nobody takes down: promises that settle later find it finished.
 */
import { StarlarkError } from '../error.js';
import { INSIDE_BUILTIN, SuspendedBuiltin, callValue, tooDeep } from '../compile/index.js';
import type { Completion, FunctionCode, Machine, Unwinding } from '../compile/index.js';
import { NO_NAMES, PENDING } from '../values/index.js';
import type { Budget, Eventual, Pending, Value } from '../values/index.js';
import { Branch, Fork } from './branch.js';
import type { Resumption } from './branch.js';
import { asStarlarkError } from './fault.js';
import { invoke, invokeEach } from './invocation.js';
import { Join } from './join.js';
import type { Ending, RunOptions } from './run.js';
import { Timers } from './timers.js';
import { Wait } from './wait.js';

/** Bytes of a branch, besides what it makes. */
const BRANCH_BYTES = 512;
/** Bytes of one resumption on a stack. */
const RESUMPTION_BYTES = 64;
/** Calls within calls that may stand on the stack of JavaScript; more are moved to the branch's. */
const NATIVE_CALLS = 100;
/** A pause longer than this, in milliseconds, is taken for a turn of the event loop. */
const PAUSE_MS = 0.5;

/** The machine of one run. */
export class Scheduler implements Machine {
  readonly budget: Budget;
  readonly maximumDepth: number;
  depth = 0;
  site = INSIDE_BUILTIN;
  roof: number;
  callers: FunctionCode[] | null;
  /** Branches started besides the script itself. */
  branches = 0;
  private readonly root: Branch;
  private branch: Branch;
  private readonly kept: Resumption[] = [];
  private ready: Branch[] = [];
  /** Resumptions on all stacks. */
  private resident = 0;
  /** Promises not settled yet. */
  private readonly waits = new Set<Wait>();
  private readonly timers: Timers;
  /** The branch whose stack was taken down only to go on. */
  private takenDown: Branch | null = null;
  private computing = false;
  private yielding = false;
  private sliceEnds = 0;
  private pausedAt = 0;
  private cancelled: StarlarkError | null = null;
  private ending: Ending | null = null;
  /** The branch that an error is ending. */
  private failing: Branch | null = null;
  private fault: unknown;
  private finish: (ending: Ending) => void = () => undefined;
  private deadlineSet = false;

  constructor(private readonly options: RunOptions) {
    this.budget = options.budget;
    this.timers = new Timers(options.clock);
    this.maximumDepth = options.budget.limits.callDepth;
    this.roof = Math.min(NATIVE_CALLS, this.maximumDepth);
    this.callers = options.recursion ? null : [];
    this.root = new Branch(null, 0, this.callers);
    this.branch = this.root;
  }

  // ── from outside ────────────────────────────────────────────────────────────────────────────────

  /** Starts a run, at once. `finish` hears of its end, perhaps before this returns; never twice. */
  start(main: () => Eventual, finish: (ending: Ending) => void): void {
    if (this.ending !== null) {
      finish(this.ending);
      return;
    }
    this.finish = finish;
    this.root.stack.push(main);
    this.resident++;
    this.ready.push(this.root);
    this.beginSlice();
    this.compute();
  }

  /** Ends the run with this error, as soon as it is not computing. Nothing of it runs afterwards. */
  cancel(error: StarlarkError): void {
    if (this.ending !== null || this.cancelled !== null) return;
    this.cancelled = error;
    this.budget.stop(error);
    if (!this.computing) this.abandon(error);
  }

  // ── slices of computing ─────────────────────────────────────────────────────────────────────────

  private beginSlice(): void {
    this.budget.beginSlice();
    this.sliceEnds = this.options.clock.now() + this.budget.limits.sliceMs;
  }

  private compute(): void {
    this.computing = true;
    for (let i = 0; i < this.ready.length && this.ending === null; i++) {
      this.run(this.ready[i]!);
      while (this.takenDown !== null) this.goOn(this.takenDown);
      if (this.cancelled !== null) this.abandon(this.cancelled);
      else if (this.yielding) {
        this.ready = this.ready.slice(i + 1);
        this.computing = false;
        this.options.yieldToEventLoop(this.afterYielding);
        return;
      }
    }
    this.ready.length = 0;
    this.computing = false;
    if (this.ending === null) this.pause();
  }

  private readonly afterYielding = (): void => {
    this.yielding = false;
    if (this.ending !== null) return;
    this.beginSlice();
    this.compute();
  };

  /** All branches wait: the deadline needs a timer now. */
  private pause(): void {
    const { clock } = this.options;
    if (this.waits.size === 0) this.abandon(new StarlarkError('internal', 'run: waits for nothing'));
    this.pausedAt = clock.now();
    const { deadline } = this.budget.limits;
    if (this.ending !== null || this.deadlineSet || deadline === Infinity) return;
    this.deadlineSet = true;
    this.timers.after(Math.max(deadline - this.pausedAt, 0), () => {
      this.cancel(new StarlarkError('limit/wall-time', 'run: out of time'));
    });
  }

  /** Lets a branch go on, now or in its turn. */
  private wake(branch: Branch, completion: Completion, error: StarlarkError | null): void {
    branch.completion = completion;
    branch.error = error;
    this.ready.push(branch);
    if (this.computing || this.yielding) return;
    const now = this.options.clock.now();
    if (now - this.pausedAt > PAUSE_MS) {
      this.beginSlice();
    } else if (now >= this.sliceEnds) {
      this.yielding = true;
      this.options.yieldToEventLoop(this.afterYielding);
      return;
    }
    this.compute();
  }

  // ── one branch ──────────────────────────────────────────────────────────────────────────────────

  private run(branch: Branch): void {
    this.branch = branch;
    this.backAt(branch.depth);
    this.callers = branch.callers;
    branch.turn++;
    const { stack } = branch;
    const before = stack.length;
    let { completion, error } = branch;
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      try {
        if (error === null) {
          completion = typeof next === 'function' ? next(completion) : next.resume(completion);
        } else if (typeof next !== 'function') {
          completion = next.fail(error);
          error = null;
        }
      } catch (thrown) {
        error = this.caught(thrown);
      }
      if (completion === PENDING && error === null) {
        this.park(branch, before);
        return;
      }
    }
    this.resident -= before;
    this.settle(branch, completion, error);
  }

  private goOn(branch: Branch): void {
    this.takenDown = null;
    branch.completion = undefined;
    branch.error = null;
    this.run(branch);
  }

  /** Puts what was kept on the branch's stack. */
  private park(branch: Branch, before: number): void {
    const { kept } = this;
    for (let i = kept.length - 1; i >= 0; i--) branch.stack.push(kept[i]!);
    kept.length = 0;
    branch.depth = this.depth;
    this.resident += branch.stack.length - before;
    if (this.resident * RESUMPTION_BYTES > this.budget.limits.memoryBytes) {
      this.cancelled ??= new StarlarkError('limit/memory', 'run: too many calls wait at the same time');
    }
  }

  private caught(thrown: unknown): StarlarkError {
    this.kept.length = 0;
    if (!(thrown instanceof StarlarkError)) this.fault ??= thrown;
    return asStarlarkError(thrown);
  }

  private settle(branch: Branch, completion: Completion, error: StarlarkError | null): void {
    const { origin } = branch;
    if (origin === null) {
      this.end(error === null ? { ok: true, value: completion as Value } : this.failure(error));
    } else if (error !== null && !error.catchable) {
      this.unwindInto(origin.fork.parent, error);
    } else if (origin.fork.settle(origin.index, completion as Value, error)) {
      this.wake(origin.fork.parent, null, origin.fork.firstError);
    }
  }

  private failure(error: StarlarkError): Ending {
    return this.fault === undefined ? { ok: false, error } : { ok: false, error, fault: this.fault };
  }

  /** Ends a branch that waits, with an error that nothing catches; then those that wait for it, by a loop. */
  private unwindInto(branch: Branch, error: StarlarkError): void {
    branch.error = error;
    const isLooping = this.failing !== null;
    this.failing = branch;
    for (let next: Branch | null = branch; !isLooping && next !== null;) {
      this.run(next);
      next = this.failing === next ? null : this.failing;
    }
    if (!isLooping) this.failing = null;
  }

  /** Ends the run by an error from outside, as if it had come to where the script waits. */
  private abandon(error: StarlarkError): void {
    if (this.ending === null) this.unwindInto(this.root, error);
  }

  private end(ending: Ending): void {
    this.timers.cancelAll();
    for (const wait of this.waits) wait.drop();
    this.waits.clear();
    this.ready = [];
    this.ending = ending;
    this.finish(ending);
  }

  // ── what builtins ask for ───────────────────────────────────────────────────────────────────────

  print(line: string): void {
    this.printFrom(this.branch, line);
  }

  /** Lines of the script itself are handed on at once; those of branches wait for their turn. */
  private readonly printFrom = (branch: Branch, line: string): void => {
    if (branch.origin === null) {
      this.options.print(line);
    } else {
      this.budget.allocate(16);
      branch.logs.push(line);
    }
  };

  get callSite(): number | undefined {
    return this.site === INSIDE_BUILTIN ? waitingSite(this.branch) : this.site;
  }

  call(callee: Value, args: Value[], names: readonly string[]): Eventual {
    return callValue(this, callee, args, names, INSIDE_BUILTIN);
  }

  invoke(callee: Value, args: Value[], then: (result: Value) => Eventual): Eventual {
    return invoke(this, callee, args, then);
  }

  invokeEach(
    callee: Value,
    count: number,
    argsOf: (index: number) => Value[],
    take: (result: Value, index: number) => void,
    then: () => Eventual,
  ): Eventual {
    return invokeEach(this, callee, count, argsOf, take, then);
  }

  guard(
    callee: Value,
    args: Value[],
    names: readonly string[],
    then: (result: Value) => Eventual,
    caught: (error: StarlarkError) => Eventual,
  ): Eventual {
    const { depth } = this;
    if (depth >= this.maximumDepth) throw tooDeep(this, INSIDE_BUILTIN);
    this.depth = depth + 1;
    this.callers?.splice(depth);
    let result: Eventual;
    try {
      result = this.call(callee, args, names);
    } catch (error) {
      if (!this.catches(error)) throw error;
      this.recover(depth);
      return caught(error);
    }
    if (result !== PENDING) {
      this.depth = depth;
      return then(result);
    }
    return this.unwind({
      resume: (completion) => {
        this.backAt(depth);
        return then(completion as Value);
      },
      fail: (error) => {
        if (!this.catches(error)) throw error;
        this.backAt(depth);
        return caught(error);
      },
    });
  }

  wait(promise: Promise<Value>): Pending {
    const { branch } = this;
    const { turn } = branch;
    const wait = new Wait((value, error) => {
      this.waits.delete(wait);
      if (branch.turn === turn) this.wake(branch, value, error === null ? null : this.caught(error.reason));
    });
    this.waits.add(wait);
    wait.follow(promise);
    return PENDING;
  }

  /** Waits for so many milliseconds. */
  sleep(delayMs: number): Pending {
    return this.wait(new Promise((resolve) => this.timers.after(delayMs, () => resolve(null))));
  }

  fork(callables: readonly Value[], then: (results: Value[]) => Eventual): Eventual {
    const count = callables.length;
    if (count === 0) return then([]);
    this.budget.step(count);
    for (let i = 0; i < count; i++) this.budget.allocate(BRANCH_BYTES);
    const parent = this.branch;
    const fork = new Fork(parent, count);
    parent.fork = fork;
    callables.forEach((callable, index) => {
      const child = new Branch({ fork, index }, this.depth, this.callers?.slice(0, this.depth) ?? null);
      child.stack.push(() => this.call(callable, [], NO_NAMES));
      this.resident++;
      fork.branches.push(child);
      this.ready.push(child);
    });
    this.branches += count;
    return this.unwind(new Join(fork, this.printFrom, then));
  }

  // ── what compiled code asks for ─────────────────────────────────────────────────────────────────

  later<Given extends unknown[]>(
    then: (...given: [...Given, Value]) => Completion,
    ...given: Given
  ): Pending {
    this.kept.push((value) => then(...given, value as Value));
    return PENDING;
  }

  after<Given extends unknown[]>(
    then: (...given: [...Given, Completion]) => Completion,
    ...given: Given
  ): Pending {
    this.kept.push((completion) => then(...given, completion));
    return PENDING;
  }

  unwind(unwinding: Unwinding): Pending {
    this.kept.push(unwinding);
    return PENDING;
  }

  catches(error: unknown): error is StarlarkError {
    return error instanceof StarlarkError && error.catchable && this.cancelled === null;
  }

  recover(depth: number): void {
    this.kept.length = 0;
    this.depth = depth;
  }

  takeDown<Given extends unknown[]>(then: (...given: Given) => Completion, ...given: Given): Pending {
    this.kept.push(() => then(...given));
    this.takenDown = this.branch;
    return PENDING;
  }

  backAt(depth: number): void {
    this.depth = depth;
    this.roof = Math.min(depth + NATIVE_CALLS, this.maximumDepth);
  }

  giveWay<Given extends unknown[]>(then: (...given: Given) => Completion, ...given: Given): Pending {
    this.kept.push(() => then(...given));
    this.yielding = true;
    this.wake(this.branch, undefined, null);
    return PENDING;
  }
}

/** Where the innermost builtin was called that waits in the branch, or in those that it came from. */
function waitingSite(branch: Branch): number | undefined {
  for (let from: Branch | undefined = branch; from !== undefined; from = from.origin?.fork.parent) {
    const builtin = from.stack.findLast(isCalledBySource);
    if (builtin !== undefined) return builtin.at;
  }
  return undefined;
}

function isCalledBySource(resumption: Resumption): resumption is SuspendedBuiltin {
  return resumption instanceof SuspendedBuiltin && resumption.at !== INSIDE_BUILTIN;
}
