/** The one check before a collection changes. */
import { runtimeError } from '../error.js';
import type { Mutable } from './value.js';

/** Refuses to change a collection that is frozen or iterated over; `act` reads like "append to". */
export function checkMutable(collection: Mutable, act: string): void {
  if (collection.frozen) throw runtimeError(`cannot ${act} frozen ${collection.typeName}`).as('RuntimeError');
  if (collection.iterators > 0) {
    throw runtimeError(
      `cannot ${act} ${collection.typeName} during iteration`,
      `loop over a copy, e.g. "for x in list(items)"`,
    ).as('RuntimeError');
  }
}
