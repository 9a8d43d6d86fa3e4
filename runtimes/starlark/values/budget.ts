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
  private sliceEnds = 0;
  private stopped: StarlarkError | null = null;

  constructor(limits: BudgetLimits) {
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
   * computed long enough and should give way where it can.
   */
  refill(): boolean {
    if (this.stopped !== null) throw this.stopped;
    const { limits } = this;
    const spent = this.stepsGranted - this.left;
    if (spent > limits.steps) {
      throw new StarlarkError('limit/steps', `run: more than ${String(limits.steps)} steps`);
    }
    const granted = Math.min(limits.steps, spent + STEP_SLICE);
    this.left = granted - spent;
    this.stepsGranted = granted;
    const now = limits.now();
    if (now >= limits.deadline) throw new StarlarkError('limit/wall-time', 'run: out of time');
    return now >= this.sliceEnds;
  }

  /** Begins a slice of computing: called each time the event loop hands control to the run. */
  beginSlice(): void {
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
