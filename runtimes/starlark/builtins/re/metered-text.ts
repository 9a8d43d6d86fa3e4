/**
 * A text that counts how often it is read. The engine reads a character once for each that it steps over,
 * whatever way it matches, so that its work is known by the reads, and can be paid while it works.
 */
import { runtimeError } from '../../error.js';
import type { Budget } from '../../values/index.js';

/** Reads that are paid at a time. */
const SLICE = 64;
/** Instructions of a program that one step pays for. */
const INSTRUCTIONS_PER_STEP = 16;
/** Reads times instructions of one search: about a quarter of a second at worst. */
const MOST_WORK = 4_000_000;
/** Units that are compared for one step, where the engine looks for a text as it stands. */
const UNITS_PER_STEP = 64;

/** Stands for a string where the engine wants one. */
export class MeteredText {
  readonly [Symbol.toStringTag] = 'String';
  readonly length: number;
  private readonly price: number;
  private left = 0;
  private work = 0;

  constructor(
    private readonly budget: Budget,
    private readonly text: string,
    private readonly instructions: number,
  ) {
    this.length = text.length;
    this.price = SLICE * Math.ceil(instructions / INSTRUCTIONS_PER_STEP);
  }

  /** Counts anew. */
  beginSearch(): void {
    this.work = 0;
  }

  charCodeAt(at: number): number {
    if (--this.left < 0) this.pay();
    return this.text.charCodeAt(at);
  }

  indexOf(part: string, from: number): number {
    this.budget.step(1 + Math.floor(((this.length - from) * part.length) / UNITS_PER_STEP));
    return this.text.indexOf(part, from);
  }

  toString(): string {
    return this.text;
  }

  private pay(): void {
    this.budget.step(this.price);
    this.left = SLICE;
    this.work += SLICE * this.instructions;
    if (this.work > MOST_WORK) {
      throw runtimeError(
        'the text is too long for so large a pattern',
        'split the text into lines, or make the pattern simpler',
      ).as('ValueError');
    }
  }
}
