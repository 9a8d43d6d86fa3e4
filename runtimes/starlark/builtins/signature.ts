/**
 * Binds the arguments of a call to the parameters of a builtin.
 *
 * A call with positional arguments alone, of a builtin without `*args` and `**kwargs`, costs a look at
 * each argument and no copy: the arguments themselves are the answer.
 */
import { runtimeError } from '../error.js';
import type { StarlarkError } from '../error.js';
import { didYouMean } from '../nearest-name.js';
import { typeName } from '../values/index.js';
import type { Value } from '../values/index.js';
import { iterationHint } from './parameter.js';
import type { Bound, Kind, Parameter, Single } from './parameter.js';

/** Binds one call: `args` holds the positional arguments, then one for each of `names`. */
export type Binder<P extends readonly Parameter[]> = (args: Value[], names: readonly string[]) => Bound<P>;

/**
 * A binder for a function of this name. Parameters stand in the order of Python: those by position, the
 * needed ones first, then `rest`, then those by name, then `others`. The binder throws `script/runtime`
 * errors that begin with the function's name.
 */
export function signature<const P extends readonly Parameter[]>(name: string, parameters: P): Binder<P> {
  const binding = new Signature(name, parameters);
  return (args, names) => binding.bind(args, names) as Bound<P>;
}

type Argument = Value | undefined | readonly Value[] | ReadonlyMap<string, Value>;

class Signature {
  private readonly positional: readonly Single[];
  private readonly restAt: number;
  private readonly othersAt: number;
  private readonly needed: number;
  private readonly plain: boolean;

  constructor(
    private readonly name: string,
    private readonly parameters: readonly Parameter[],
  ) {
    this.positional = parameters.filter(isPositional);
    this.needed = this.positional.filter((p) => p.needed).length;
    this.restAt = parameters.findIndex((p) => p.role === 'rest');
    this.othersAt = parameters.findIndex((p) => p.role === 'others');
    this.plain = this.restAt < 0 && this.othersAt < 0;
  }

  bind(args: Value[], names: readonly string[]): readonly Argument[] {
    const given = args.length;
    const { positional } = this;
    if (names.length === 0 && this.restAt === 0 && this.othersAt < 0) return [this.leftOver(args)];
    if (names.length > 0 || !this.plain || given < this.needed || given > positional.length) {
      return this.bindSlowly(args, names);
    }
    for (let i = 0; i < given; i++) this.check(positional[i]!.name, positional[i]!.kind, args[i]!);
    return args;
  }

  private bindSlowly(args: readonly Value[], names: readonly string[]): readonly Argument[] {
    const bound = this.parameters.map((): Argument => undefined);
    const count = args.length - names.length;
    this.placePositional(bound, args.slice(0, count));
    this.placeNamed(bound, args.slice(count), names);
    this.parameters.forEach((parameter, index) => {
      if ('needed' in parameter && parameter.needed && bound[index] === undefined) {
        throw this.error(`missing argument for ${parameter.name}`);
      }
    });
    return bound;
  }

  private placePositional(bound: Argument[], given: readonly Value[]): void {
    const { positional, restAt } = this;
    if (restAt >= 0) bound[restAt] = this.leftOver(given.slice(positional.length));
    else if (given.length > positional.length) throw this.tooMany(given.length);
    positional.slice(0, given.length).forEach(({ name, kind }, index) => {
      bound[index] = this.check(name, kind, given[index]!);
    });
  }

  private leftOver(values: readonly Value[]): readonly Value[] {
    const { name, kind } = this.parameters[this.restAt] as { name: string; kind: Kind };
    for (const value of values) this.check(name, kind, value);
    return values;
  }

  private placeNamed(bound: Argument[], given: readonly Value[], names: readonly string[]): void {
    const others = new Map<string, Value>();
    if (this.othersAt >= 0) bound[this.othersAt] = others;
    if (names.length > MOST_NUMBERS) this.checkNumbers(names);
    names.forEach((name, i) => {
      const at = this.parameters.findIndex((p) => takesName(p) && p.name === name);
      if (at < 0 && this.othersAt < 0) throw this.unexpected(name);
      if (at < 0 && others.has(name)) throw this.error(`duplicate keyword arg: "${shown(name)}"`);
      if (at < 0) {
        others.set(name, given[i]!);
        return;
      }
      if (bound[at] !== undefined)
        throw this.error(`got multiple values for keyword argument ${shown(name)}`);
      bound[at] = this.check(name, (this.parameters[at] as Single).kind, given[i]!);
    });
  }

  /** Names like "12" have hashes that a script can choose, so that many of them would be slow. */
  private checkNumbers(names: readonly string[]): void {
    if (names.filter((name) => name.charCodeAt(0) <= NINE).length <= MOST_NUMBERS) return;
    throw this.error(
      `got more than ${MOST_NUMBERS} keyword arguments that are numbers`,
      'put them into a dict',
    );
  }

  private check(name: string, kind: Kind, value: Value): Value {
    if (kind.accepts(value)) return value;
    const hint = kind.want === 'iterable' ? iterationHint(value) : undefined;
    throw this.error(`for parameter ${name}: got ${typeName(value)}, want ${kind.want}`, hint);
  }

  private tooMany(given: number): StarlarkError {
    const most = this.positional.length;
    const atMost = this.needed < most ? 'at most ' : '';
    return this.error(`got ${given} ${given === 1 ? 'argument' : 'arguments'}, want ${atMost}${most}`);
  }

  private unexpected(name: string): StarlarkError {
    const takers = this.parameters.filter(takesName).map((parameter) => parameter.name);
    if (takers.length === 0) return this.error('unexpected keyword arguments', this.positionHint());
    return this.error(`unexpected keyword argument ${shown(name)}${didYouMean(name, takers)}`);
  }

  private positionHint(): string {
    const list = this.positional.map(({ name, needed }) => (needed ? name : `[${name}]`)).join(', ');
    return `${this.name}(${list}) takes its arguments by position`;
  }

  private error(what: string, hint?: string): StarlarkError {
    return runtimeError(`${this.name}: ${what}`, hint);
  }
}

/** Keyword arguments that begin with a digit. */
const MOST_NUMBERS = 256;
const NINE = 57;

/** Characters of a keyword that an error shows. */
const SHOWN_LENGTH = 60;

function shown(name: string): string {
  return name.length > SHOWN_LENGTH ? `${name.slice(0, SHOWN_LENGTH)}…` : name;
}

function isPositional(parameter: Parameter): parameter is Single {
  return parameter.role === 'position' || parameter.role === 'either';
}

function takesName(parameter: Parameter): boolean {
  return parameter.role === 'either' || parameter.role === 'name';
}
