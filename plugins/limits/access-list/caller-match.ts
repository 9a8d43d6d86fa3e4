/** Tells for which callers a rule is. */
import {
  fitsPattern,
  isJsonArray,
  isJsonObject,
  type Caller,
  type Json,
  type JsonObject,
} from '../../../core/index.js';
import type { Callers } from './access-rules.js';

/** Whether the caller is among those; with nobody named, everybody is. */
export function isAmong(caller: Caller, callers: Callers | undefined): boolean {
  if (callers === undefined) return true;
  const { ids, roles, scopes, claims = {} } = callers;
  const known = caller.claims ?? {};
  return (
    (ids === undefined || fitsAny(caller.id, ids)) &&
    (roles === undefined || hasAny(known['roles'], roles)) &&
    (scopes === undefined || hasAny(known['scopes'], scopes)) &&
    Object.entries(claims).every(([path, wanted]) => hasAny(valueAt(known, path), wanted))
  );
}

type Wanted = readonly (string | number | boolean)[];

/** Whether the value, or one of a list, is as wanted. */
function hasAny(value: Json | undefined, wanted: Wanted): boolean {
  return isJsonArray(value) ? value.some((item) => fitsAny(item, wanted)) : fitsAny(value, wanted);
}

function fitsAny(value: Json | undefined, wanted: Wanted): boolean {
  return wanted.some((one) =>
    typeof one === 'string' ? typeof value === 'string' && fitsPattern(value, one) : value === one,
  );
}

/** What stands under this name, else what the dots in it lead to. */
export function valueAt(object: JsonObject, path: string): Json | undefined {
  if (Object.hasOwn(object, path)) return object[path];
  let at: Json | undefined = object;
  for (const key of path.split('.')) at = isJsonObject(at) && Object.hasOwn(at, key) ? at[key] : undefined;
  return at;
}
