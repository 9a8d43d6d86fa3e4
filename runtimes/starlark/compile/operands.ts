/** Nodes that evaluate some operands in order, then do one thing with them. */
import { PENDING } from '../values/index.js';
import type { Eventual, Value } from '../values/index.js';
import { plain, suspending } from './code.js';
import type { ExpressionCode } from './code.js';
import type { Frame } from './frame.js';
import type { Machine } from './machine.js';

/** The weight of a node over these operands. */
export function weightOf(operands: readonly ExpressionCode[]): number {
  return operands.reduce((sum, operand) => sum + operand.weight, 1);
}

/** A node over one operand. */
export function withOperand(
  machine: Machine,
  operand: ExpressionCode,
  finish: (value: Value) => Value,
): ExpressionCode {
  const weight = operand.weight + 1;
  if (!operand.suspends) {
    const { run } = operand;
    return plain(weight, (frame) => finish(run(frame)));
  }
  const { run } = operand;
  return suspending(weight, (frame) => {
    const value = run(frame);
    return value === PENDING ? machine.later(finish) : finish(value);
  });
}

/** A node over any number of operands. What it does with them does not suspend. */
export function withOperands(
  machine: Machine,
  operands: readonly ExpressionCode[],
  finish: (values: Value[], frame: Frame) => Value,
  weight = weightOf(operands),
): ExpressionCode {
  if (operands.some((operand) => operand.suspends)) {
    const evaluate = gather<Frame>(machine, operands, finish);
    return suspending(weight, (frame) => evaluate(frame, frame));
  }
  return plain(
    weight,
    plainForm(
      operands.map((operand) => operand.run as (frame: Frame) => Value),
      finish,
    ),
  );
}

/** Arrays are made at their final size: they may become the items of a list. */
function plainForm(
  runs: readonly ((frame: Frame) => Value)[],
  finish: (values: Value[], frame: Frame) => Value,
): (frame: Frame) => Value {
  const [a, b, c] = runs;
  if (a === undefined) return (frame) => finish([], frame);
  if (b === undefined) return (frame) => finish([a(frame)], frame);
  if (c === undefined) return (frame) => finish([a(frame), b(frame)], frame);
  if (runs.length === 3) return (frame) => finish([a(frame), b(frame), c(frame)], frame);
  const blank = runs.map(() => null);
  return (frame) => {
    const values: Value[] = blank.slice();
    for (let i = 0; i < runs.length; i++) values[i] = runs[i]!(frame);
    return finish(values, frame);
  };
}

/** Evaluates operands, any of which may suspend, then goes on with them and what else is at hand. */
export function gather<Context>(
  machine: Machine,
  operands: readonly ExpressionCode[],
  finish: (values: Value[], context: Context) => Eventual,
): (frame: Frame, context: Context) => Eventual {
  const runs = operands.map((operand) => operand.run);
  if (runs.length === 1) return gatherOne(machine, runs[0]!, finish);
  if (runs.length === 2) return gatherTwo(machine, runs[0]!, runs[1]!, finish);
  return gatherMany(machine, runs, finish);
}

type Run = (frame: Frame) => Eventual;
type Finish<Context> = (values: Value[], context: Context) => Eventual;
type Gathering<Context> = (frame: Frame, context: Context) => Eventual;

function gatherOne<Context>(machine: Machine, run: Run, finish: Finish<Context>): Gathering<Context> {
  const goOn = (context: Context, value: Value): Eventual => finish([value], context);
  return (frame, context) => {
    const value = run(frame);
    return value === PENDING ? machine.later(goOn, context) : finish([value], context);
  };
}

function gatherTwo<Context>(
  machine: Machine,
  first: Run,
  second: Run,
  finish: Finish<Context>,
): Gathering<Context> {
  const withBoth = (context: Context, a: Value, b: Value): Eventual => finish([a, b], context);
  const withFirst = (frame: Frame, context: Context, a: Value): Eventual => {
    const b = second(frame);
    return b === PENDING ? machine.later(withBoth, context, a) : finish([a, b], context);
  };
  return (frame, context) => {
    const a = first(frame);
    return a === PENDING ? machine.later(withFirst, frame, context) : withFirst(frame, context, a);
  };
}

function gatherMany<Context>(
  machine: Machine,
  runs: readonly Run[],
  finish: Finish<Context>,
): Gathering<Context> {
  const blank = runs.map(() => null);
  const evaluate = (frame: Frame, context: Context, values: Value[], start: number): Eventual => {
    for (let i = start; i < runs.length; i++) {
      const value = runs[i]!(frame);
      if (value === PENDING) return machine.later(goOn, frame, context, values, i);
      values[i] = value;
    }
    return finish(values, context);
  };
  const goOn = (frame: Frame, context: Context, values: Value[], i: number, value: Value): Eventual => {
    values[i] = value;
    return evaluate(frame, context, values, i + 1);
  };
  return (frame, context) => evaluate(frame, context, blank.slice(), 0);
}
