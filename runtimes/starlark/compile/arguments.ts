/**
 * Binding arguments to parameters (specification, "Functions"): positional ones by order, named ones
 * by name, what is left over to `*args` and `**kwargs`, what is missing from the defaults.
 */
import { Dict, Tuple, sequenceBytes } from '../values/index.js';
import type { Budget, Value } from '../values/index.js';
import type { Frame } from './frame.js';
import type { Closure, FunctionCode } from './function-code.js';
import {
  missingArguments,
  multipleValues,
  parameterNames,
  tooManyArguments,
  unexpectedName,
} from '../resolve/index.js';

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
    throw tooManyArguments(code.node, count);
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
      if (frame[place] !== undefined) throw multipleValues(code.node, name);
      frame[place] = value;
    } else if (others === null) {
      budget.step(NEAREST_STEPS * code.named);
      throw unexpectedName(code.node, name);
    } else {
      if (others.getString(name) !== undefined) throw multipleValues(code.node, name);
      others.setString(budget, name, value);
    }
  }
}

/** Looking for the nearest name takes longer than a call. */
const NEAREST_STEPS = 16;

/** Gives parameters that got no argument their default, or fails naming those without. */
export function fillDefaults(callee: Closure, frame: Frame): void {
  const { code, defaults } = callee;
  for (let place = 1; place <= code.named; place++) {
    if (frame[place] !== undefined) continue;
    const value = defaults[place - 1];
    if (value === undefined) throw missingArguments(code.node, missingNames(callee, frame));
    frame[place] = value;
  }
}

function missingNames({ code, defaults }: Closure, frame: Frame): string[] {
  return parameterNames(code.node).filter(
    (_, index) => frame[index + 1] === undefined && defaults[index] === undefined,
  );
}
