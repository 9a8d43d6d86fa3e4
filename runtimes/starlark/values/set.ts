/** Sets: insertion order, equal items once. */
import type { Budget } from './budget.js';
import { ENTRY_BYTES } from './cost.js';
import { keyOf } from './key.js';
import type { Key } from './key.js';
import { checkMutable } from './mutation.js';
import { Mutable } from './value.js';
import type { Value } from './value.js';

/**
 * A set. What changes it throws while it is frozen or iterated over; unhashable items throw everywhere.
 */
export class StarlarkSet extends Mutable {
  private readonly table = new Map<Key, Value>();

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
    budget.allocate(ENTRY_BYTES);
    this.table.set(key, item);
    return true;
  }

  /** Answers whether the item was there. */
  delete(budget: Budget, item: Value): boolean {
    const key = keyOf(budget, item);
    checkMutable(this, 'delete from');
    return this.table.delete(key);
  }

  clear(): void {
    checkMutable(this, 'clear');
    this.table.clear();
  }

  /** The items, in order, in a new array. */
  items(): Value[] {
    return [...this.table.values()];
  }
}
