/** A string under construction that charges each piece before it takes it. */
import type { Budget } from './budget.js';
import { chargeScan } from './cost.js';

export class TextBuilder {
  private text = '';

  constructor(readonly budget: Budget) {
    budget.allocate(16);
  }

  add(piece: string): void {
    this.reserve(piece.length);
    this.text += piece;
  }

  /** Adds a text so many times. */
  fill(piece: string, count: number): void {
    if (count <= 0) return;
    this.reserve(piece.length * count);
    this.text += piece.repeat(count);
  }

  toString(): string {
    return this.text;
  }

  private reserve(units: number): void {
    this.budget.checkValueBytes(16 + 2 * (this.text.length + units));
    this.budget.allocate(2 * units);
    chargeScan(this.budget, units);
  }
}
