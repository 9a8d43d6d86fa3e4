/** Which methods a value has, in the dialect of the specification and in the open one. */
import { Builtin, Bytes, Dict, Float, List, StarlarkSet, isInteger } from '../values/index.js';
import type { Integer, MethodBody, Value } from '../values/index.js';
import { bytesMethods, openBytesMethods } from './bytes-methods.js';
import type { MethodTable } from './definition.js';
import { dictMethods, openDictMethods } from './dict-methods.js';
import { listMethods, openListMethods } from './list-methods.js';
import { floatMethods, integerMethods } from './number-methods.js';
import { openSetMethods, setMethods } from './set-methods.js';
import { openStringMethods, stringMethods } from './string-methods.js';

/** The methods of a dialect. */
export interface Methods {
  /** The method of this name of the value's type. */
  readonly method: (value: Value, name: string) => MethodBody | undefined;
  /** The names of a type's methods, sorted. */
  readonly methodNames: (value: Value) => readonly string[];
}

/** The methods of the specification, and no others. */
export const methods = methodsOf({
  ofString: stringMethods,
  ofList: listMethods,
  ofDict: dictMethods,
  ofSet: setMethods,
  ofBytes: bytesMethods,
});
/** The lookups of {@link methods}. */
export const { method, methodNames } = methods;

/** With those that models write because Python has them. */
export const openMethods = methodsOf({
  ofString: openStringMethods,
  ofList: openListMethods,
  ofDict: openDictMethods,
  ofSet: openSetMethods,
  ofBytes: openBytesMethods,
  ofInteger: integerMethods,
  ofFloat: floatMethods,
});
/** The lookups of {@link openMethods}. */
export const { method: openMethod, methodNames: openMethodNames } = openMethods;

/** A method as a value of its own: what `x.name` is when it is not called. */
export function bindMethod(value: Value, name: string, body: MethodBody): Builtin {
  return new Builtin(name, (thread, args, names) => body(thread, value, args, names), false, value);
}

/** The tables of a dialect. */
interface Tables {
  readonly ofString: MethodTable<string>;
  readonly ofList: MethodTable<List>;
  readonly ofDict: MethodTable<Dict>;
  readonly ofSet: MethodTable<StarlarkSet>;
  readonly ofBytes: MethodTable<Bytes>;
  readonly ofInteger?: MethodTable<Integer>;
  readonly ofFloat?: MethodTable<Float>;
}

function methodsOf({ ofString, ofList, ofDict, ofSet, ofBytes, ofInteger, ofFloat }: Tables): Methods {
  const tableOf = (value: Value): MethodTable<never> => {
    if (typeof value === 'string') return ofString;
    if (value instanceof List) return ofList;
    if (value instanceof Dict) return ofDict;
    if (value instanceof StarlarkSet) return ofSet;
    if (value instanceof Bytes) return ofBytes;
    if (value instanceof Float) return ofFloat ?? NONE;
    return isInteger(value) ? (ofInteger ?? NONE) : NONE;
  };
  return {
    method: (value, name) => tableOf(value).get(name) as MethodBody | undefined,
    methodNames: (value) => [...tableOf(value).keys()].sort(),
  };
}

const NONE: MethodTable<never> = new Map();
