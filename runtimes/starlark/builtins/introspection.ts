/** Builtins that tell what a value is and has. */
import { runtimeError } from '../error.js';
import {
  Bytes,
  List,
  METHOD_BYTES,
  attributeError,
  attributeNames,
  chargeItems,
  chargeScan,
  chargeSort,
  getAttribute,
  typeName,
} from '../values/index.js';
import type { Builtin, Budget, Thread, Value } from '../values/index.js';
import { builtin } from './definition.js';
import { bindMethod } from './methods.js';
import type { Methods } from './methods.js';
import { anything, optional, required, string } from './parameter.js';

const x = required('x', anything);
const name = required('name', string);

/** What a value has under a name that is no method. */
type Field = (value: Value, name: string) => Value | undefined;

/** `dir`, `getattr` and `hasattr` over the methods of a dialect, and those that need none. */
export function introspection(methods: Methods, field: Field = getAttribute): Builtin[] {
  return [
    builtin('dir', [x], ({ budget }, x) => dir(budget, methods, x)),
    builtin('getattr', [x, name, optional('default', anything)], ({ budget }, x, name, byDefault) => {
      const value = attribute(budget, methods, field, x, name);
      if (value !== undefined) return value;
      if (byDefault === undefined) throw missing(budget, methods, x, name);
      return byDefault;
    }),
    builtin(
      'hasattr',
      [x, name],
      ({ budget }, x, name) => attribute(budget, methods, field, x, name) !== undefined,
    ),
    builtin('hash', [x], hash),
    builtin('type', [x], (_, x) => typeName(x)),
  ];
}

function attribute(
  budget: Budget,
  methods: Methods,
  field: Field,
  value: Value,
  name: string,
): Value | undefined {
  const body = methods.method(value, name);
  if (body === undefined) return field(value, name);
  budget.allocate(METHOD_BYTES);
  return bindMethod(value, name, body);
}

function namesOf(methods: Methods, value: Value): readonly string[] {
  return [...methods.methodNames(value), ...attributeNames(value)];
}

function dir(budget: Budget, methods: Methods, value: Value): List {
  const names = namesOf(methods, value);
  chargeItems(budget, names.length);
  chargeSort(budget, names.length);
  return new List([...names].sort());
}

function missing(budget: Budget, methods: Methods, value: Value, name: string): unknown {
  budget.step(namesOf(methods, value).length);
  const { message } = attributeError(value, name, methods.methodNames(value));
  return runtimeError(message, 'getattr(x, name, None) answers None instead').as('AttributeError');
}

/** As `java.lang.String.hashCode` for strings, and 32-bit FNV-1a for bytes: the specification wants these. */
function hash({ budget }: Thread, x: Value): number {
  if (typeof x === 'string') {
    chargeScan(budget, x.length);
    let hash = 0;
    for (let at = 0; at < x.length; at++) hash = (Math.imul(hash, 31) + x.charCodeAt(at)) | 0;
    return hash;
  }
  if (!(x instanceof Bytes)) throw runtimeError(`got ${typeName(x)}, want string or bytes`);
  chargeScan(budget, x.data.length);
  return x.data.reduce((hash, byte) => Math.imul(hash ^ byte, 0x01000193) >>> 0, 0x811c9dc5);
}
