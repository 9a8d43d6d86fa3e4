/**
 * Binds the arguments of a call to the parameters of a builtin.
 *
 * A call with positional arguments alone, of a builtin without `*args` and `**kwargs`, costs a look at
 * each argument and no copy: the arguments themselves are the answer.
 */
import type { Value } from '../values/index.js';
import type { Bound, Kind, Parameter, Single } from './parameter.js';
import { SignatureFaults, isPositional, takesName } from './signature-fault.js';

/** Binds one call: `args` holds the positional arguments, then one for each of `names`. */
export type Binder<P extends readonly Parameter[]> = (args: Value[], names: readonly string[]) => Bound<P>;

/**
 * A binder for a function of this name. Parameters stand in the order of Python: those by position, the
 * needed ones first, then `rest`, then those by name, then `others`. The binder throws `script/runtime`
 * errors that begin with the function's name.
 */
export function signature<const P extends readonly Parameter[]>(name: string, parameters: P): Binder<P> {
  let binding: Signature | undefined;
  return (args, names) => (binding ??= new Signature(name, parameters)).bind(args, names) as Bound<P>;
}

type Argument = Value | undefined | readonly Value[] | ReadonlyMap<string, Value>;

class Signature {
  private readonly positional: readonly Single[];
  private readonly restAt: number;
  private readonly othersAt: number;
  private readonly needed: number;
  private readonly plain: boolean;
  private readonly faults: SignatureFaults;

  constructor(
    name: string,
    private readonly parameters: readonly Parameter[],
  ) {
    this.positional = parameters.filter(isPositional);
    this.needed = this.positional.filter((p) => p.needed).length;
    this.restAt = parameters.findIndex((p) => p.role === 'rest');
    this.othersAt = parameters.findIndex((p) => p.role === 'others');
    this.faults = new SignatureFaults(name, parameters);
    this.plain = this.restAt < 0 && this.othersAt < 0;
  }

  bind(args: Value[], names: readonly string[]): readonly Argument[] {
    const given = args.length;
    const { positional } = this;
    if (names.length === 0 && this.restAt === 0) {
      if (this.othersAt < 0) return [this.leftOver(args)];
      if (this.othersAt === 1) return [this.leftOver(args), new Map<string, Value>()];
    }
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
        throw this.faults.missing(parameter.name);
      }
    });
    return bound;
  }

  private placePositional(bound: Argument[], given: readonly Value[]): void {
    const { positional, restAt } = this;
    if (restAt >= 0) bound[restAt] = this.leftOver(given.slice(positional.length));
    else if (given.length > positional.length) throw this.faults.tooMany(given.length);
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
      if (at < 0 && this.othersAt < 0) throw this.faults.unexpected(name);
      if (at < 0 && others.has(name)) throw this.faults.duplicate(name);
      if (at < 0) {
        others.set(name, given[i]!);
        return;
      }
      if (bound[at] !== undefined) throw this.faults.multiple(name);
      bound[at] = this.check(name, (this.parameters[at] as Single).kind, given[i]!);
    });
  }

  /** Names like "12" have hashes that a script can choose, so that many of them would be slow. */
  private checkNumbers(names: readonly string[]): void {
    if (names.filter((name) => name.charCodeAt(0) <= NINE).length <= MOST_NUMBERS) return;
    throw this.faults.tooManyNumbers(MOST_NUMBERS);
  }

  private check(name: string, kind: Kind, value: Value): Value {
    if (kind.accepts(value)) return value;
    throw this.faults.wrongType(name, kind, value);
  }
}

/** Keyword arguments that begin with a digit. */
const MOST_NUMBERS = 256;
const NINE = 57;
