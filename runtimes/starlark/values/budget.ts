/**
 * Counts what one run uses: steps, memory, time.
 *
 * Charge first, do the work after. The counters are small slices of the real budgets, so that the hot
 * path is one small-integer subtraction; the slow path of a slice looks at the clock. A limit throws a
 * `StarlarkError` that no script can catch.
 */
import { StarlarkError } from '../error.js';

/** The limits of one run. `Infinity` is off. */
export interface BudgetLimits {
  readonly steps: number;
  /** Bytes allocated in all. */
  readonly memoryBytes: number;
  /** Bytes of one value. */
  readonly valueBytes: number;
  readonly callDepth: number;
  /** Levels of values within values, in `str`, `==`, hashing, JSON and conversion; JavaScript recurs as deep, so at most 1,000. */
  readonly valueDepth: number;
  /** Bits of one integer. */
  readonly integerBits: number;
  /** On the scale of `now`, in milliseconds. */
  readonly deadline: number;
  readonly now: () => number;
  /** Milliseconds of computing after which the run gives way to the event loop. */
  readonly sliceMs: number;
}

const STEP_SLICE = 4096;
/** One operation that goes on for so many milliseconds, and steps, after the run should have given way is refused. */
const LATE_MS = 150;
const LATE_STEPS = 1_000_000;
const MEMORY_SLICE = 1 << 24;
/** No string of JavaScript is larger, whatever the limits say. */
const LARGEST_VALUE_BYTES = 2 ** 30 - 64;

/** The budget of one run, shared by all its branches. */
export class Budget {
  readonly limits: BudgetLimits;
  /** Steps left in the slice; hot paths subtract from it and call {@link refill} below zero. */
  left = 0;
  private readonly valueBytes: number;
  private stepsGranted = 0;
  private memoryLeft = 0;
  private memoryGranted = 0;
  private sliceEnds = Infinity;
  /** Whether the slice of computing is over; the steps at which it was, and at which to look again. */
  private late = false;
  private lateSince = 0;
  private nextLook = 0;
  private stopped: StarlarkError | null = null;

  /** `iterableStrings`: whether loops run over strings, the one thing of a dialect that values must know. */
  constructor(
    limits: BudgetLimits,
    readonly iterableStrings = false,
  ) {
    this.limits = limits;
    this.valueBytes = Math.min(limits.valueBytes, LARGEST_VALUE_BYTES);
  }

  /** Steps spent so far. */
  get steps(): number {
    return this.stepsGranted - this.left;
  }

  /** Bytes charged so far. */
  get memoryBytes(): number {
    return this.memoryGranted - this.memoryLeft;
  }

  /** Spends steps. */
  step(count: number): void {
    if ((this.left -= count) < 0) this.refill();
  }

  /**
   * Grants the next slice, or throws `limit/steps` or `limit/wall-time`. Answers whether the run has
   * computed long enough and should give way where it can; then nothing is granted, so that the next
   * place where it can comes here again.
   */
  refill(): boolean {
    if (this.stopped !== null) throw this.stopped;
    const { limits } = this;
    const spent = this.stepsGranted - this.left;
    if (spent > limits.steps) {
      throw new StarlarkError('limit/steps', `run: more than ${String(limits.steps)} steps`);
    }
    const late = this.isLate(spent);
    const granted = late ? spent : Math.min(limits.steps, spent + STEP_SLICE);
    this.left = granted - spent;
    this.stepsGranted = granted;
    return late;
  }

  /** Looks at the clock, once for many steps. */
  private isLate(spent: number): boolean {
    if (this.late && spent < this.nextLook) return true;
    this.nextLook = spent + STEP_SLICE;
    const { deadline, now } = this.limits;
    const time = now();
    if (time >= deadline) throw new StarlarkError('limit/wall-time', 'run: out of time');
    if (time < this.sliceEnds) return (this.late = false);
    if (!this.late) this.lateSince = spent;
    else if (time >= this.sliceEnds + LATE_MS && spent - this.lateSince > LATE_STEPS) throw tooLong();
    return (this.late = true);
  }

  /** Begins a slice of computing: called each time the event loop hands control to the run. */
  beginSlice(): void {
    this.late = false;
    this.sliceEnds = this.limits.now() + this.limits.sliceMs;
  }

  /** Makes every further step throw this error: the run was cancelled. */
  stop(error: StarlarkError): void {
    this.stopped = error;
    this.stepsGranted -= Math.max(this.left, 0);
    this.left = Math.min(this.left, 0);
  }

  /** Charges one new value of so many bytes, before it is made. */
  allocate(bytes: number): void {
    if (bytes > this.valueBytes) this.checkValueBytes(bytes);
    if ((this.memoryLeft -= bytes) < 0) this.refillMemory();
  }

  /** Refuses a value of more bytes than one may have: for a value that is charged in pieces. */
  checkValueBytes(bytes: number): void {
    const { valueBytes } = this;
    if (bytes > valueBytes) {
      throw new StarlarkError(
        'limit/memory',
        `make a value: more than the ${String(valueBytes)} bytes that one may have`,
      );
    }
  }

  private refillMemory(): void {
    const { memoryBytes } = this.limits;
    const spent = this.memoryGranted - this.memoryLeft;
    if (spent > memoryBytes) {
      throw new StarlarkError('limit/memory', `run: more than ${String(memoryBytes)} bytes allocated in all`);
    }
    const granted = Math.min(memoryBytes, spent + MEMORY_SLICE);
    this.memoryLeft = granted - spent;
    this.memoryGranted = granted;
  }

  /** Refuses an integer of more bits than one may have, before it is made. */
  checkIntegerBits(bits: number): void {
    if (bits > this.limits.integerBits) {
      throw new StarlarkError(
        'limit/memory',
        `make an integer: more than ${String(this.limits.integerBits)} bits`,
      );
    }
  }
}

function tooLong(): StarlarkError {
  return new StarlarkError(
    'limit/steps',
    `run: one operation of more than ${String(LATE_STEPS)} steps and ${String(LATE_MS)} ms`,
    { hint: 'do it in parts, in a loop' },
  );
}
