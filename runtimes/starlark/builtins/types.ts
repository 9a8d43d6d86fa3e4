/** The types as values, as Python has them: `type(x) == int`, `isinstance(x, (int, str))`, `key=str.lower`. */
import { ERROR_CLASSES, isErrorClass, isKindOf } from '../error-class.js';
import { runtimeError } from '../error.js';
import { didYouMean } from '../nearest-name.js';
import {
  Builtin,
  Bytes,
  Dict,
  List,
  StarlarkSet,
  Tuple,
  TypeBuiltin,
  iterate,
  typeName,
} from '../values/index.js';
import type { Budget, Eventual, MethodBody, Thread, Value } from '../values/index.js';
import { builtin } from './definition.js';
import type { Methods } from './methods.js';
import { anything, iterable, optional, required } from './parameter.js';

/** Builtins that stand for a type: the type's name, where that is another, and a value that has its methods. */
const TYPES: readonly (readonly [name: string, typeName: string, sample: Value])[] = [
  ['bool', 'bool', null],
  ['bytes', 'bytes', new Bytes(new Uint8Array())],
  ['dict', 'dict', new Dict()],
  ['float', 'float', null],
  ['int', 'int', 0],
  ['list', 'list', new List([])],
  ['range', 'range', null],
  ['set', 'set', new StarlarkSet()],
  ['str', 'string', ''],
  ['tuple', 'tuple', null],
];

const fromkeys = builtin(
  'dict.fromkeys',
  [required('iterable', iterable), optional('value', anything)],
  ({ budget }, keys, value = null) => {
    const result = new Dict();
    for (const key of iterate(budget, keys)) result.set(budget, key, value);
    return result;
  },
);

/** The builtins that make values of a type, as types. */
export function typeBuiltins(
  universe: ReadonlyMap<string, Value>,
  { method, methodNames }: Methods,
): [string, TypeBuiltin][] {
  return TYPES.map(([name, type, sample]) => {
    const maker = universe.get(name) as Builtin;
    const members = new Map<string, Value>(
      methodNames(sample).map((each) => [each, unbound(type, `${name}.${each}`, method(sample, each)!)]),
    );
    if (name === 'dict') members.set('fromkeys', fromkeys);
    members.set('__name__', name);
    return [name, new TypeBuiltin(maker, type, members)];
  });
}

/** A method as a function that takes its value first. */
function unbound(type: string, name: string, body: MethodBody): Builtin {
  const call = (thread: Thread, args: Value[], names: readonly string[]): Eventual => {
    const [self] = args;
    if (self === undefined || args.length === names.length || typeName(self) !== type) {
      const met = self === undefined ? 'nothing' : typeName(self);
      throw runtimeError(`${name}: got ${met} as first argument, want ${type}`);
    }
    return body(thread, self, args.slice(1), names);
  };
  return new Builtin(name, call, true);
}

/** The names of types that are other in Python. */
const PYTHON_NAMES: ReadonlyMap<string, string> = new Map([['string', 'str']]);

/** The names that `type` answers. */
const TYPE_NAMES: ReadonlySet<string> = new Set<string>([
  ...ERROR_CLASSES,
  ...TYPES.map(([, type]) => type),
  ...['NoneType', 'builtin_function_or_method', 'function', 'module', 'struct'],
]);

/** `type(x).__name__`: the name of a type in Python; undefined for what is no name of a type. */
export function pythonTypeName(type: string): string | undefined {
  return TYPE_NAMES.has(type) ? (PYTHON_NAMES.get(type) ?? type) : undefined;
}

/** Whether a value is of one of the types; a bool is an int, too, as in Python. */
export const isinstance = builtin(
  'isinstance',
  [required('x', anything), required('types', anything)],
  ({ budget }, x, types) => {
    const name = typeName(x);
    return wantedTypes(budget, types).some((type) => isOfType(name, type));
  },
);

function isOfType(name: string, type: string): boolean {
  if (type === name || (type === 'int' && name === 'bool')) return true;
  return isErrorClass(name) && isKindOf(name, type);
}

/** The names of types, of which each may stand in tuples within tuples. */
function wantedTypes(budget: Budget, types: Value): string[] {
  const wanted: string[] = [];
  const waiting = [types];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    budget.step(1);
    if (next instanceof Tuple) waiting.push(...next.items.slice(0, MOST_TYPES));
    else wanted.push(typeNamed(next));
    if (waiting.length > MOST_TYPES) throw runtimeError(`got more than ${MOST_TYPES} types`);
  }
  return wanted;
}

const MOST_TYPES = 100;

function typeNamed(type: Value): string {
  if (type instanceof TypeBuiltin) return type.typeName;
  if (typeof type !== 'string') {
    throw runtimeError(`got ${typeName(type)}, want a type such as int, str, list, dict`);
  }
  const name = type === 'str' ? 'string' : type;
  if (TYPE_NAMES.has(name)) return name;
  throw runtimeError(`got a string that names no type${didYouMean(name, TYPE_NAMES)}`, 'isinstance(x, dict)');
}
