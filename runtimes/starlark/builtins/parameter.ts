/**
 * What a builtin or a method takes: a row for each parameter, to which `signature.ts` binds a call.
 *
 * As the specification has it, arguments go by position only, unless a parameter says otherwise.
 */
import { Callable, Float, isCollection, isInteger } from '../values/index.js';
import type { Dict, List, Range, StarlarkSet, Tuple, Value } from '../values/index.js';

/** What a loop can run over; over strings only in some dialects: whoever iterates finds out. */
export type Iterable = List | Tuple | Dict | StarlarkSet | Range | string;

/** The values that a parameter takes. */
export interface Kind<T extends Value = Value> {
  /** As an error says it: "got int, want string". */
  readonly want: string;
  readonly accepts: (value: Value) => value is T;
}

/** Every value. */
export const anything: Kind = kind('a value', (value: Value | undefined) => value !== undefined);
/** A string. */
export const string = kind('string', (value) => typeof value === 'string');
/** True or False; an int is neither. */
export const bool = kind('bool', (value) => typeof value === 'boolean');
/** An int of any size; a bool is none. */
export const int = kind('int', isInteger);
/** An int or a float. */
export const number = kind('int or float', (value) => isInteger(value) || value instanceof Float);
/** A function of the script or a builtin. */
export const callable = kind('callable', (value) => value instanceof Callable);
/** What a loop can run over. */
export const iterable = kind(
  'iterable',
  (value): value is Iterable => typeof value === 'string' || isCollection(value),
);

/** A parameter of one value. */
export interface Single<T extends Value = Value, Needed extends boolean = boolean> {
  readonly role: 'position' | 'either' | 'name';
  readonly name: string;
  readonly kind: Kind<T>;
  readonly needed: Needed;
}

/** Takes the positional arguments that are left: `*args`. */
export interface Rest<T extends Value = Value> {
  readonly role: 'rest';
  readonly name: string;
  readonly kind: Kind<T>;
}

/** Takes the keyword arguments that are left: `**kwargs`. */
export interface Others {
  readonly role: 'others';
  readonly name: string;
}

/** A row of a signature. */
export type Parameter = Single | Rest | Others;

/** What the body of a builtin gets for its parameters; undefined for an argument that was left out. */
export type Bound<P extends readonly Parameter[]> = { -readonly [I in keyof P]: BoundOne<P[I]> };

type BoundOne<P> =
  P extends Rest<infer T>
    ? readonly T[]
    : P extends Others
      ? ReadonlyMap<string, Value>
      : P extends Single<infer T, infer Needed>
        ? Needed extends true
          ? T
          : T | undefined
        : never;

/** A parameter that must be given, by position. */
export function required<T extends Value>(name: string, kind: Kind<T>): Single<T, true> {
  return { role: 'position', name, kind, needed: true };
}

/** A parameter that may be left out, given by position. */
export function optional<T extends Value>(name: string, kind: Kind<T>): Single<T, false> {
  return { role: 'position', name, kind, needed: false };
}

/** Lets a parameter be given by keyword too. */
export function named<T extends Value, Needed extends boolean>(
  parameter: Single<T, Needed>,
): Single<T, Needed> {
  return { ...parameter, role: 'either' };
}

/** A parameter that may be left out, given by keyword only. */
export function keyword<T extends Value>(name: string, kind: Kind<T>): Single<T, false> {
  return { role: 'name', name, kind, needed: false };
}

/** The positional arguments that are left. */
export function rest<T extends Value>(name: string, kind: Kind<T>): Rest<T> {
  return { role: 'rest', name, kind };
}

/** The keyword arguments that are left. */
export function others(name: string): Others {
  return { role: 'others', name };
}

/** What a kind takes, or None. */
export function orNone<T extends Value>(some: Kind<T>): Kind<T | null> {
  return kind(`${some.want} or None`, (value) => value === null || some.accepts(value));
}

function kind<T extends Value>(want: string, accepts: (value: Value) => value is T): Kind<T> {
  return { want, accepts };
}
