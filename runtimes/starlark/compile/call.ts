/**
 * Calls. The forms, from the most special to the most general: a builtin that is known to answer at once;
 * up to three positional arguments; named arguments; anything.
 */
import type { CallExpression, Expression } from '../syntax/tree.js';
import { Builtin, NO_NAMES, PENDING } from '../values/index.js';
import type { Eventual, Value } from '../values/index.js';
import { ArgumentList, NamedFrames } from './argument-list.js';
import { callPlainBuiltin, callValue } from './call-value.js';
import { suspending } from './code.js';
import type { ExpressionCode, PlainCode } from './code.js';
import type { Compiler } from './compiler.js';
import { enter } from './enter.js';
import { located } from './failure.js';
import { placeOf } from './frame.js';
import type { Frame } from './frame.js';
import { Closure } from './function-code.js';
import { generatorCallCode } from './generator-call.js';
import type { Machine } from './machine.js';
import { methodCallCode } from './method-call.js';
import { gather, weightOf, withOperands } from './operands.js';

/** The callee first, then the arguments in the order of `ArgumentList`. */
export function callCode(compiler: Compiler, node: CallExpression): ExpressionCode {
  if (node.callee.kind === 'dot') return methodCallCode(compiler, node, node.callee);
  const callee = compiler.expression(node.callee);
  const taking = generatorCallCode(compiler, node, callee.constant);
  if (taking !== null) return taking;
  const list = new ArgumentList(compiler, node);
  const known = callee.constant;
  if (known instanceof Builtin && !known.suspends) return plainBuiltinCode(compiler, known, list, node.at);
  const weight = weightOf(list.codes) + callee.weight;
  const special = list.fixed && list.names.length === 0 ? POSITIONAL[list.codes.length] : undefined;
  if (special === undefined || callee.suspends || !list.codes.every(isPlain)) {
    return suspending(weight, generalForm(compiler, callee, list, node.at));
  }
  return suspending(
    weight,
    special(compiler.machine, calleeOf(compiler, node.callee, callee.run), list.codes, node.at),
  );
}

function plainBuiltinCode(
  { machine }: Compiler,
  { body }: Builtin,
  list: ArgumentList,
  at: number,
): ExpressionCode {
  const { names } = list;
  const apply = list.fixed
    ? (args: Value[]) => callPlainBuiltin(machine, body, args, names, at)
    : (values: Value[]) => {
        const spread = list.spread(values);
        return callPlainBuiltin(machine, body, spread.args, spread.names, at);
      };
  return withOperands(machine, list.codes, apply, weightOf(list.codes) + 1);
}

/** A callee: a variable of the script itself is read without a call where it is bound. */
interface Callee {
  readonly globals: Frame;
  readonly place: number;
  readonly run: (frame: Frame) => Value;
}

const NOWHERE: Frame = [undefined];

function calleeOf({ globals }: Compiler, node: Expression, run: Callee['run']): Callee {
  return node.kind === 'identifier' && node.binding?.kind === 'global'
    ? { globals, place: placeOf(node.binding.variable), run }
    : { globals: NOWHERE, place: 0, run };
}

function isPlain(code: ExpressionCode): code is PlainCode {
  return !code.suspends;
}

type Special = (
  machine: Machine,
  callee: Callee,
  args: readonly PlainCode[],
  at: number,
) => (frame: Frame) => Eventual;

/** By number of arguments: calls whose parts are plain. A variable that is None is read again, and is None. */
const POSITIONAL: readonly Special[] = [
  (machine, { globals, place, run }, _args, at) =>
    (frame) => {
      const target = (globals[place] ?? run(frame)) as Value;
      return target instanceof Closure && target.code.exact === 0
        ? enter(machine, target.code, target.code.makeFrame(target.up), at)
        : callValue(machine, target, [], NO_NAMES, at);
    },
  (machine, { globals, place, run }, [first], at) => {
    const { place: i, run: one } = first!;
    return (frame) => {
      const target = (globals[place] ?? run(frame)) as Value;
      const a = ((i > 0 ? frame[i] : null) ?? one(frame)) as Value;
      return target instanceof Closure && target.code.exact === 1
        ? enter(machine, target.code, target.code.makeFrame(target.up, a), at)
        : callValue(machine, target, [a], NO_NAMES, at);
    };
  },
  (machine, { globals, place, run }, [first, second], at) => {
    const { place: i, run: one } = first!;
    const { place: j, run: two } = second!;
    return (frame) => {
      const target = (globals[place] ?? run(frame)) as Value;
      const a = ((i > 0 ? frame[i] : null) ?? one(frame)) as Value;
      const b = ((j > 0 ? frame[j] : null) ?? two(frame)) as Value;
      return target instanceof Closure && target.code.exact === 2
        ? enter(machine, target.code, target.code.makeFrame(target.up, a, b), at)
        : callValue(machine, target, [a, b], NO_NAMES, at);
    };
  },
  (machine, { globals, place, run }, [first, second, third], at) => {
    const { place: i, run: one } = first!;
    const { place: j, run: two } = second!;
    const { place: k, run: three } = third!;
    return (frame) => {
      const target = (globals[place] ?? run(frame)) as Value;
      const a = ((i > 0 ? frame[i] : null) ?? one(frame)) as Value;
      const b = ((j > 0 ? frame[j] : null) ?? two(frame)) as Value;
      const c = ((k > 0 ? frame[k] : null) ?? three(frame)) as Value;
      return target instanceof Closure && target.code.exact === 3
        ? enter(machine, target.code, target.code.makeFrame(target.up, a, b, c), at)
        : callValue(machine, target, [a, b, c], NO_NAMES, at);
    };
  },
];

/** Any call: the callee first, then the arguments, any of which may suspend. */
function generalForm(
  compiler: Compiler,
  callee: ExpressionCode,
  list: ArgumentList,
  at: number,
): (frame: Frame) => Eventual {
  const { machine } = compiler;
  const args = gather(machine, list.codes, application(compiler, list, at));
  const { run } = callee;
  return (frame) => {
    const target = run(frame);
    return target === PENDING ? machine.later(args, frame) : args(frame, target);
  };
}

/** What a call does when callee and operands are there. */
export function application(
  compiler: Compiler,
  list: ArgumentList,
  at: number,
): (values: Value[], callee: Value) => Eventual {
  const { machine, budget } = compiler;
  if (!list.fixed) {
    return (values, callee) => {
      const { args, names } = list.spread(values);
      return callValue(machine, callee, args, names, at);
    };
  }
  const { names } = list;
  if (names.length === 0) return (values, callee) => callValue(machine, callee, values, NO_NAMES, at);
  const frames = new NamedFrames(budget, list.codes.length - names.length, names);
  return (values, callee) =>
    callee instanceof Closure
      ? enter(machine, callee.code, namedFrame(frames, callee, values, at), at)
      : callValue(machine, callee, values, names, at);
}

function namedFrame(frames: NamedFrames, callee: Closure, values: readonly Value[], at: number): Frame {
  try {
    return frames.make(callee, values);
  } catch (error) {
    throw located(error, at);
  }
}
