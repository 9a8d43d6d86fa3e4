/** Dictionaries: insertion order, equal keys once, never an object's properties. */
import type { Budget } from './budget.js';
import { ENTRY_BYTES, ENTRY_STEPS, TABLE_BYTES, chargeScan } from './cost.js';
import { keyOf, tellsValue, textKey, valueOfKey } from './key.js';
import type { Key } from './key.js';
import { checkMutable } from './mutation.js';
import { Mutable } from './value.js';
import type { Value } from './value.js';

/** The table of every dict that was never written to. */
const EMPTY = new Map<Key, Value>();

/**
 * A dict. Overwriting keeps an entry's place and its first key; what is deleted and set again goes to
 * the end. What changes it throws while it is frozen or iterated over; unhashable keys throw everywhere.
 */
export class Dict extends Mutable {
  private table = EMPTY;
  /** The values of those keys that do not tell it. */
  private originals: Map<Key, Value> | undefined;
  /** Whether every key stands for itself. */
  private plain = true;

  get typeName(): string {
    return 'dict';
  }

  get size(): number {
    return this.table.size;
  }

  get(budget: Budget, key: Value): Value | undefined {
    return this.table.get(keyOf(budget, key));
  }

  has(budget: Budget, key: Value): boolean {
    return this.table.has(keyOf(budget, key));
  }

  set(budget: Budget, key: Value, value: Value): void {
    const routed = keyOf(budget, key);
    checkMutable(this, 'insert into');
    this.put(budget, routed, key, value);
  }

  /** Answers the value that was there. */
  delete(budget: Budget, key: Value): Value | undefined {
    const routed = keyOf(budget, key);
    checkMutable(this, 'delete from');
    const value = this.table.get(routed);
    if (value !== undefined) {
      this.table.delete(routed);
      this.originals?.delete(routed);
    }
    return value;
  }

  clear(): void {
    checkMutable(this, 'clear');
    this.table = EMPTY;
    this.originals = undefined;
    this.plain = true;
  }

  /** {@link get} for a key that is text in the source or a name: nothing is charged. */
  getString(key: string): Value | undefined {
    return this.table.get(textKey(key));
  }

  /** {@link set} for a string. */
  setString(budget: Budget, key: string, value: Value): void {
    if (this.frozen || this.iterators > 0) checkMutable(this, 'insert into');
    chargeScan(budget, key.length);
    this.put(budget, textKey(key), key, value);
  }

  /** The keys, in order, in a new array. */
  /** Up to so many of the string keys. */
  stringKeys(most: number): string[] {
    const keys: string[] = [];
    for (const [key] of this.entries()) {
      if (keys.length === most) break;
      if (typeof key === 'string') keys.push(key);
    }
    return keys;
  }

  keys(): Value[] {
    if (this.plain) return [...this.table.keys()];
    const keys: Value[] = [];
    for (const key of this.table.keys()) keys.push(this.original(key));
    return keys;
  }

  values(): IterableIterator<Value> {
    return this.table.values();
  }

  /** Keys and values, in order. */
  entries(): IterableIterator<[Value, Value]> {
    return this.plain ? this.table.entries() : this.routedEntries();
  }

  private *routedEntries(): IterableIterator<[Value, Value]> {
    for (const [key, value] of this.table) yield [this.original(key), value];
  }

  private original(key: Key): Value {
    return this.originals?.get(key) ?? valueOfKey(key);
  }

  private put(budget: Budget, routed: Key, key: Value, value: Value): void {
    if (this.table === EMPTY) this.begin(budget);
    const { size } = this.table;
    this.table.set(routed, value);
    if (this.table.size === size) return;
    budget.allocate(ENTRY_BYTES);
    budget.step(ENTRY_STEPS);
    if (routed !== key) {
      this.plain = false;
      if (!tellsValue(routed, key)) this.remember(budget, routed, key);
    }
  }

  private begin(budget: Budget): void {
    budget.allocate(TABLE_BYTES);
    this.table = new Map();
  }

  private remember(budget: Budget, routed: Key, key: Value): void {
    budget.allocate(ENTRY_BYTES);
    (this.originals ??= new Map<Key, Value>()).set(routed, key);
  }
}
