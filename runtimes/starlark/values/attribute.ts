/** Fields reached by a dot. Methods are not here: they belong to types, not to values. */
import { runtimeError } from '../error.js';
import type { StarlarkError } from '../error.js';
import { didYouMean, nearestName } from '../nearest-name.js';
import { Dict } from './dict.js';
import { ErrorValue } from './error-value.js';
import { HostValue } from './host-value.js';
import { typeName } from './kind.js';
import { checkMutable } from './mutation.js';
import { uncalledHint } from './uncalled.js';
import { Module, Struct } from './value.js';
import type { Value } from './value.js';

/** The field of a struct or a value of the host, the member of a module; undefined for others and for unknown names. */
export function getAttribute(value: Value, name: string): Value | undefined {
  if (value instanceof Struct) return fieldOf(value, name);
  if (value instanceof Module) return value.members.get(name);
  return value instanceof HostValue ? value.field(name) : undefined;
}

/** The names that {@link getAttribute} knows, in order. */
export function attributeNames(value: Value): string[] {
  if (value instanceof Struct) return [...value.fields.keys()];
  if (value instanceof Module) return [...value.members.keys()];
  return value instanceof HostValue ? [...value.fields()] : [];
}

/** `value.name = assigned`: only values of the host may have fields that change. */
export function setAttribute(value: Value, name: string, assigned: Value): void {
  if (!(value instanceof HostValue)) {
    throw runtimeError(
      `cannot assign to .${name} field of ${typeName(value)}`,
      'keep what changes in a dict',
    );
  }
  checkMutable(value, 'assign to a field of');
  value.assign(name, assigned);
}

/** Names that are compared with one that is not there. */
const MOST_NAMES = 1000;
/** Units of a name that a message shows. */
const SHOWN_UNITS = 60;

/** The error for a name that the value has not; `methods` are the names of its type's methods, `hints` the way to write what other languages have. */
export function attributeError(
  value: Value,
  name: string,
  methods: readonly string[],
  hints: ReadonlyMap<string, string> = NO_HINTS,
): StarlarkError {
  if (value instanceof Module && value.missing !== undefined) return value.missing(name);
  const near = didYouMean(name, [...methods, ...attributeNames(value)].slice(0, MOST_NAMES));
  const kind = value instanceof Struct || value instanceof Module ? 'field' : 'field or method';
  const shown = name.length > SHOWN_UNITS ? `${name.slice(0, SHOWN_UNITS)}…` : name;
  const hint = (value instanceof Dict ? keyHint(value, name) : undefined) ?? hints.get(name);
  const otherwise = value instanceof Dict ? `a key of a dict is read as d["${shown}"]` : uncalledHint(value);
  const message = `${describe(value)} has no .${shown} ${kind}${near}`;
  return runtimeError(message, hint ?? otherwise).as('AttributeError');
}

const NO_HINTS: ReadonlyMap<string, string> = new Map();

/** The key that was probably meant. */
function keyHint(dict: Dict, name: string): string | undefined {
  const near = nearestName(name, dict.stringKeys(MOST_NAMES));
  return near === undefined ? undefined : `its nearest key is read as d["${near}"]`;
}

function describe(value: Value): string {
  return value instanceof Module ? `module ${value.name}` : typeName(value);
}

/** An error's arguments are no field: they are in its message already. */
function fieldOf(value: Struct, name: string): Value | undefined {
  return name === 'args' && value instanceof ErrorValue ? value.args : value.fields.get(name);
}
