/**
 * Calls. The forms, from the most special to the most general: a builtin that is known to answer at once;
 * up to three positional arguments; named arguments; anything.
 */
import type { CallExpression } from '../syntax/tree.js';
import { Builtin, NO_NAMES, PENDING } from '../values/index.js';
import type { Eventual, Value } from '../values/index.js';
import { ArgumentList, NamedFrames } from './argument-list.js';
import { callPlainBuiltin, callValue } from './call-value.js';
import { suspending } from './code.js';
import type { ExpressionCode } from './code.js';
import type { Compiler } from './compiler.js';
import { enter } from './enter.js';
import { located } from './failure.js';
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
  const plain = !callee.suspends && list.codes.every((code) => !code.suspends);
  const special = plain && list.fixed && list.names.length === 0 ? POSITIONAL[list.codes.length] : undefined;
  if (special === undefined) return suspending(weight, generalForm(compiler, callee, list, node.at));
  const runs = [callee, ...list.codes].map((code) => code.run as (frame: Frame) => Value);
  return suspending(weight, special(compiler.machine, runs, node.at));
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

type Special = (
  machine: Machine,
  runs: readonly ((frame: Frame) => Value)[],
  at: number,
) => (frame: Frame) => Eventual;

/** By number of arguments: calls whose parts are plain. */
const POSITIONAL: readonly Special[] = [
  (machine, [callee], at) =>
    (frame) => {
      const target = callee!(frame);
      return target instanceof Closure && target.code.exact === 0
        ? enter(machine, target.code, target.code.makeFrame(target.up), at)
        : callValue(machine, target, [], NO_NAMES, at);
    },
  (machine, [callee, first], at) =>
    (frame) => {
      const target = callee!(frame);
      const a = first!(frame);
      return target instanceof Closure && target.code.exact === 1
        ? enter(machine, target.code, target.code.makeFrame(target.up, a), at)
        : callValue(machine, target, [a], NO_NAMES, at);
    },
  (machine, [callee, first, second], at) =>
    (frame) => {
      const target = callee!(frame);
      const a = first!(frame);
      const b = second!(frame);
      return target instanceof Closure && target.code.exact === 2
        ? enter(machine, target.code, target.code.makeFrame(target.up, a, b), at)
        : callValue(machine, target, [a, b], NO_NAMES, at);
    },
  (machine, [callee, first, second, third], at) =>
    (frame) => {
      const target = callee!(frame);
      const a = first!(frame);
      const b = second!(frame);
      const c = third!(frame);
      return target instanceof Closure && target.code.exact === 3
        ? enter(machine, target.code, target.code.makeFrame(target.up, a, b, c), at)
        : callValue(machine, target, [a, b, c], NO_NAMES, at);
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
    return target === PENDING ? machine.later((later) => args(frame, later)) : args(frame, target);
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
