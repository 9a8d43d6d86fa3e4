/** Where a walk through nested values stands: bounds its depth, meets cycles, and names places in errors. */
import { runtimeError } from '../error.js';
import type { StarlarkError } from '../error.js';
import type { Budget } from './budget.js';
import { checkDepth } from './cost.js';

/** Units of a key, and places on the way, that an error shows. */
const SHOWN_KEY_UNITS = 60;
const SHOWN_PLACES = 8;

/** The place of one walk. */
export class Nesting {
  private readonly containers: object[] = [];
  private readonly keys: (string | number)[] = [];

  /** `act` begins each error; `nameOf` says what a container is called. */
  constructor(
    private readonly budget: Budget,
    private readonly act: string,
    private readonly nameOf: (container: object) => string,
  ) {}

  /** Goes into a container; one that is being walked already is a cycle. */
  enter(container: object): void {
    const depth = this.containers.length + 1;
    checkDepth(this.budget, depth, this.act);
    this.budget.step(depth >> 4);
    if (this.containers.includes(container)) throw this.fault('cycle in JSON structure');
    this.keys.length = this.containers.length;
    this.containers.push(container);
  }

  /** Says which part of the innermost container comes next, and charges the visit. */
  at(key: string | number): void {
    this.budget.step(1);
    this.keys[this.containers.length - 1] = key;
  }

  leave(): void {
    this.containers.pop();
  }

  /** An error of the innermost container itself, not of its last part. */
  faultOfContainer(reason: string): StarlarkError {
    this.keys.length = this.containers.length - 1;
    return this.fault(reason);
  }

  /** An error at this place. */
  fault(reason: string): StarlarkError {
    const places = this.containers.map((container, i) => this.place(container, this.keys[i]));
    const shown =
      places.length <= SHOWN_PLACES
        ? places
        : [...places.slice(0, SHOWN_PLACES / 2), '…', ...places.slice(-SHOWN_PLACES / 2)];
    return runtimeError([this.act, ...shown, reason].join(': '));
  }

  private place(container: object, key: string | number | undefined): string {
    const name = this.nameOf(container);
    if (key === undefined) return `in ${name}`;
    if (typeof key === 'number') return `at ${name} index ${key}`;
    const shown = key.length > SHOWN_KEY_UNITS ? `${key.slice(0, SHOWN_KEY_UNITS)}…` : key;
    return name === 'struct' ? `in field .${shown}` : `in ${name} key ${JSON.stringify(shown)}`;
  }
}
