/** Sets: insertion order, equal items once. */
import type { Budget } from './budget.js';
import { ENTRY_BYTES, ENTRY_STEPS, TABLE_BYTES } from './cost.js';
import { keyOf } from './key.js';
import type { Key } from './key.js';
import { checkMutable } from './mutation.js';
import { Mutable } from './value.js';
import type { Value } from './value.js';

/** The table of every set that was never written to. */
const EMPTY = new Map<Key, Value>();

/**
 * A set. What changes it throws while it is frozen or iterated over; unhashable items throw everywhere.
 */
export class StarlarkSet extends Mutable {
  private table = EMPTY;

  get typeName(): string {
    return 'set';
  }

  get size(): number {
    return this.table.size;
  }

  has(budget: Budget, item: Value): boolean {
    return this.table.has(keyOf(budget, item));
  }

  /** Answers whether the item is new. */
  add(budget: Budget, item: Value): boolean {
    const key = keyOf(budget, item);
    checkMutable(this, 'insert into');
    if (this.table.has(key)) return false;
    if (this.table === EMPTY) this.begin(budget);
    budget.allocate(ENTRY_BYTES);
    budget.step(ENTRY_STEPS);
    this.table.set(key, item);
    return true;
  }

  private begin(budget: Budget): void {
    budget.allocate(TABLE_BYTES);
    this.table = new Map();
  }

  /** Answers whether the item was there. */
  delete(budget: Budget, item: Value): boolean {
    const key = keyOf(budget, item);
    checkMutable(this, 'delete from');
    return this.table.delete(key);
  }

  clear(): void {
    checkMutable(this, 'clear');
    this.table = EMPTY;
  }

  /** The first item; undefined for an empty set. */
  first(): Value | undefined {
    return this.table.values().next().value;
  }

  /** The items, in order, in a new array. */
  items(): Value[] {
    return [...this.table.values()];
  }
}
