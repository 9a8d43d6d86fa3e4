/** A string under construction, charged while it grows. */
import type { Budget } from './budget.js';
import { chargeText } from './cost.js';

/** Units that may be added before they are charged, so that many small pieces cost few charges. */
const BLOCK_UNITS = 1024;

/** Grows by pieces; the budget refuses it before it is too large. */
export class TextBuilder {
  private text = '';
  /** What is not charged yet. */
  private block = '';

  constructor(private readonly budget: Budget) {}

  add(piece: string): void {
    this.block += piece;
    if (this.block.length > BLOCK_UNITS) this.charge(0);
  }

  /** Charges work besides the text that comes of it. */
  work(steps: number): void {
    this.budget.step(steps);
  }

  /** Adds a text so many times, charged before it is made. */
  fill(piece: string, count: number): void {
    if (count <= 0) return;
    this.charge(piece.length * count);
    this.text += piece.repeat(count);
  }

  /** The whole text, all of it charged. */
  finish(): string {
    this.charge(0);
    return this.text;
  }

  private charge(coming: number): void {
    const units = this.block.length + coming;
    this.budget.checkValueBytes(16 + 2 * (this.text.length + units));
    chargeText(this.budget, units);
    flatten(this.block);
    this.text += this.block;
    this.block = '';
  }
}

/** Reading a unit makes V8 copy the pieces into one, so that they can go. */
function flatten(text: string): void {
  text.charCodeAt(0);
}
