/**
 * Binding arguments to parameters (specification, "Functions"): positional ones by order, named ones
 * by name, what is left over to `*args` and `**kwargs`, what is missing from the defaults.
 */
import { runtimeError } from '../error.js';
import { Dict, Tuple, sequenceBytes } from '../values/index.js';
import type { Budget, Value } from '../values/index.js';
import type { Frame } from './frame.js';
import type { Closure, FunctionCode } from './function-code.js';
import { didYouMean } from '../nearest-name.js';

/** A frame for a call. `args` holds the positional arguments, then one for each of `names`. */
export function bindArguments(
  budget: Budget,
  callee: Closure,
  args: readonly Value[],
  names: readonly string[],
): Frame {
  const { code } = callee;
  if (names.length === 0 && args.length === code.exact) return exactFrame(callee, args);
  const frame = code.makeFrame(callee.up);
  const count = args.length - names.length;
  bindPositional(budget, code, frame, args, count);
  bindNamed(budget, code, frame, args, count, names);
  fillDefaults(callee, frame);
  return frame;
}

/** A frame for a call with exactly the positional arguments that the function takes. */
export function exactFrame(callee: Closure, args: readonly Value[]): Frame {
  const frame = callee.code.makeFrame(callee.up);
  for (let i = 0; i < args.length; i++) frame[i + 1] = args[i];
  return frame;
}

function bindPositional(
  budget: Budget,
  code: FunctionCode,
  frame: Frame,
  args: readonly Value[],
  count: number,
): void {
  const taken = Math.min(count, code.positional);
  for (let i = 0; i < taken; i++) frame[i + 1] = args[i];
  if (code.star > 0) {
    budget.allocate(sequenceBytes(count - taken));
    frame[code.star] = new Tuple(args.slice(taken, count));
  } else if (count > taken) {
    throw runtimeError(`${code.name}: got ${countOf(count, 'positional argument')}, want ${mostOf(code)}`);
  }
}

function bindNamed(
  budget: Budget,
  code: FunctionCode,
  frame: Frame,
  args: readonly Value[],
  count: number,
  names: readonly string[],
): void {
  const others = code.starStar > 0 ? new Dict() : null;
  if (others !== null) frame[code.starStar] = others;
  for (let i = 0; i < names.length; i++) {
    const name = names[i] as string;
    const value = args[count + i] as Value;
    const place = code.placeOf(name);
    if (place !== undefined) {
      if (frame[place] !== undefined) throw multipleValues(code, name);
      frame[place] = value;
    } else if (others === null) {
      throw unexpectedName(code, name);
    } else {
      if (others.getString(name) !== undefined) throw multipleValues(code, name);
      others.setString(budget, name, value);
    }
  }
}

/** Gives parameters that got no argument their default, or fails naming those without. */
export function fillDefaults(callee: Closure, frame: Frame): void {
  const { code, defaults } = callee;
  for (let place = 1; place <= code.named; place++) {
    if (frame[place] !== undefined) continue;
    const value = defaults[place - 1];
    if (value === undefined) throw missingArguments(callee, frame);
    frame[place] = value;
  }
}

function missingArguments(callee: Closure, frame: Frame): unknown {
  const missing = callee.code
    .parameters()
    .filter((_, index) => frame[index + 1] === undefined && callee.defaults[index] === undefined)
    .map((parameter) => parameter.name.name);
  const noun = missing.length === 1 ? 'argument' : 'arguments';
  return runtimeError(`${callee.name}: missing ${String(missing.length)} ${noun}: ${missing.join(', ')}`);
}

function multipleValues(code: FunctionCode, name: string): unknown {
  return runtimeError(`${code.name}: multiple values for parameter ${name}`);
}

function unexpectedName(code: FunctionCode, name: string): unknown {
  const known = code.parameters().map((parameter) => parameter.name.name);
  return runtimeError(`${code.name}: unexpected keyword argument ${name}${didYouMean(name, known)}`);
}

function mostOf(code: FunctionCode): string {
  const optional = code.node.parameters.some((parameter) => parameter.defaultValue !== null);
  return optional || code.named > code.positional
    ? `at most ${String(code.positional)}`
    : String(code.positional);
}

function countOf(count: number, noun: string): string {
  return `${String(count)} ${noun}${count === 1 ? '' : 's'}`;
}
