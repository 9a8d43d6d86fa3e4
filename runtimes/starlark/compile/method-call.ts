/**
 * `x.name(…)`. A method of a type is called on its value directly: no bound method is made. What a
 * struct or a module holds under the name is called like any value.
 */
import type { CallExpression, DotExpression } from '../syntax/tree.js';
import { NO_NAMES, PENDING } from '../values/index.js';
import type { Eventual, MethodBody, Value } from '../values/index.js';
import { attribute } from './access.js';
import { ArgumentList } from './argument-list.js';
import { callMethod, callValue } from './call-value.js';
import { suspending } from './code.js';
import type { ExpressionCode } from './code.js';
import type { Compiler, Environment } from './compiler.js';
import type { Frame } from './frame.js';
import { gather, weightOf } from './operands.js';

/** A method and its value, or a callee that a dot has found. */
interface Target {
  readonly body: MethodBody | undefined;
  readonly value: Value;
}

/** The object first, then the look-up, then the arguments: a name that is not there fails before them. */
export function methodCallCode(compiler: Compiler, node: CallExpression, dot: DotExpression): ExpressionCode {
  const object = compiler.expression(dot.object);
  const list = new ArgumentList(compiler, node);
  const weight = weightOf(list.codes) + object.weight + 1;
  const few = list.fixed && list.names.length === 0 && list.codes.length <= 2;
  return suspending(weight, (few ? fewForm : generalForm)(compiler, node, dot, object, list));
}

/** Up to two arguments. */
function fewForm(
  compiler: Compiler,
  node: CallExpression,
  dot: DotExpression,
  object: ExpressionCode,
  { codes }: ArgumentList,
): (frame: Frame) => Eventual {
  const { machine, environment } = compiler;
  const method = methodFinder(environment, dot.name);
  const { name } = dot;
  const { at } = node;
  const self = object.run;
  const first = codes[0]?.run;
  const second = codes[1]?.run;
  const apply = (body: MethodBody | undefined, target: Value, args: Value[]): Eventual =>
    body === undefined
      ? callValue(machine, target, args, NO_NAMES, at)
      : callMethod(machine, body, target, args, NO_NAMES, at);
  const withBoth = (body: MethodBody | undefined, target: Value, a: Value, b: Value): Eventual =>
    apply(body, target, [a, b]);
  const withFirst = (frame: Frame, body: MethodBody | undefined, target: Value, a: Value): Eventual => {
    if (second === undefined) return apply(body, target, [a]);
    const b = second(frame);
    return b === PENDING ? machine.later(withBoth, body, target, a) : apply(body, target, [a, b]);
  };
  const withObject = (frame: Frame, value: Value): Eventual => {
    const body = method(value);
    const target = body === undefined ? attribute(compiler, value, name, dot.at) : value;
    if (first === undefined) return apply(body, target, []);
    const a = first(frame);
    return a === PENDING ? machine.later(withFirst, frame, body, target) : withFirst(frame, body, target, a);
  };
  return (frame) => {
    const value = self(frame);
    return value === PENDING ? machine.later(withObject, frame) : withObject(frame, value);
  };
}

function generalForm(
  compiler: Compiler,
  node: CallExpression,
  dot: DotExpression,
  object: ExpressionCode,
  list: ArgumentList,
): (frame: Frame) => Eventual {
  const { machine, environment } = compiler;
  const method = methodFinder(environment, dot.name);
  const apply = (target: Target, args: Value[], names: readonly string[]): Eventual =>
    target.body === undefined
      ? callValue(machine, target.value, args, names, node.at)
      : callMethod(machine, target.body, target.value, args, names, node.at);
  const args = gather<Target>(machine, list.codes, (values, target) => {
    if (list.fixed) return apply(target, values, list.names);
    const spread = list.spread(values);
    return apply(target, spread.args, spread.names);
  });
  const goOn = (frame: Frame, value: Value): Eventual => {
    const body = method(value);
    const target = body === undefined ? attribute(compiler, value, dot.name, dot.at) : value;
    return args(frame, { body, value: target });
  };
  const { run } = object;
  return (frame) => {
    const value = run(frame);
    return value === PENDING ? machine.later(goOn, frame) : goOn(frame, value);
  };
}

/** Finds the method of a value's type. Nearly every place sees one type: the last one is remembered. */
function methodFinder({ method }: Environment, name: string): (value: Value) => MethodBody | undefined {
  let type: unknown;
  let body: MethodBody | undefined;
  return (value) => {
    const met: unknown = typeof value === 'object' && value !== null ? value.constructor : typeof value;
    if (met !== type) {
      type = met;
      body = method(value, name);
    }
    return body;
  };
}
