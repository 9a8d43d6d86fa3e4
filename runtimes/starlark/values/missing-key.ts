/** The error for a key that a dict does not have: with the nearest one, and with those that it has, where they are few. */
import { runtimeError } from '../error.js';
import type { StarlarkError } from '../error.js';
import { nearestName } from '../nearest-name.js';
import type { Budget } from './budget.js';
import type { Dict } from './dict.js';
import { typeName } from './kind.js';
import type { Value } from './value.js';

/** The longest string key that an error shows. */
const SHOWN_KEY_UNITS = 60;
/** Keys that are compared with the one that is not there. */
const MOST_COMPARED = 100;
/** Keys that are listed; of a dict with more, none. */
const MOST_LISTED = 12;
/** Keys like the fields of a record; others may be data, and are not shown. */
const FIELD = /^[A-Za-z_][A-Za-z0-9_-]{0,39}$/;

const GET = 'use .get(key) for a key that may be missing';

/** Charges the keys that it looks at. */
export function missingKey(budget: Budget, dict: Dict, key: Value): StarlarkError {
  const fields = typeof key === 'string' ? fieldsOf(budget, dict) : [];
  const near = typeof key === 'string' ? nearestName(key, fields) : undefined;
  const question = near === undefined ? '' : ` (did you mean "${near}"?)`;
  const isListed = fields.length > 0 && fields.length === dict.size && dict.size <= MOST_LISTED;
  const hint = isListed ? `it has ${fields.map((field) => `"${field}"`).join(', ')}; ${GET}` : GET;
  return runtimeError(`key ${shownKey(key)} not in dict${question}`, hint).as('KeyError');
}

function fieldsOf(budget: Budget, dict: Dict): string[] {
  budget.step(Math.min(dict.size, MOST_COMPARED));
  const fields: string[] = [];
  let looked = 0;
  for (const [key] of dict.entries()) {
    if (++looked > MOST_COMPARED) break;
    if (typeof key === 'string' && FIELD.test(key)) fields.push(key);
  }
  return fields;
}

function shownKey(key: Value): string {
  if (typeof key === 'number' || typeof key === 'boolean') return String(key);
  return typeof key === 'string' && key.length <= SHOWN_KEY_UNITS
    ? JSON.stringify(key)
    : `of type ${typeName(key)}`;
}
