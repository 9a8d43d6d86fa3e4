/** A binary operation at one place of the script: its operands, and the way through the library of values. */
import { PENDING } from '../values/index.js';
import type { Budget, Value } from '../values/index.js';
import { plain, suspending } from './code.js';
import type { ExpressionCode } from './code.js';
import { located } from './failure.js';
import type { Frame, Slot } from './frame.js';
import type { Machine } from './machine.js';

/** An operation of the library of values. */
export type Operate = (budget: Budget, x: Value, y: Value) => Value;

/** Operands that a fast form reads by itself: the place of a local variable, or a constant, or a closure. */
export class Operation {
  readonly i: number;
  readonly j: number;
  readonly first: (frame: Frame) => Value;
  readonly second: (frame: Frame) => Value;
  readonly constant: Value;

  constructor(
    readonly budget: Budget,
    left: ExpressionCode,
    right: ExpressionCode,
    private readonly operate: Operate,
    private readonly at: number,
  ) {
    this.i = Math.max(left.place, 0);
    this.j = right.place;
    this.first = left.run as (frame: Frame) => Value;
    this.second = right.run as (frame: Frame) => Value;
    this.constant = right.constant;
  }

  /** The operation on values of any type, where either may turn out to be unbound. */
  general(frame: Frame, x: Slot, y: Slot): Value {
    if (x === undefined) this.first(frame);
    if (y === undefined) this.second(frame);
    return this.apply(x as Value, y as Value);
  }

  apply(x: Value, y: Value): Value {
    try {
      return this.operate(this.budget, x, y);
    } catch (error) {
      throw located(error, this.at);
    }
  }
}

/** How one operator is carried out: as a node with plain operands, and on two values. */
export interface Forms {
  node(operation: Operation): (frame: Frame) => Value;
  values(operation: Operation): (x: Value, y: Value) => Value;
}

/** The node of an operation. */
export function operationCode(
  machine: Machine,
  forms: Forms,
  operate: Operate,
  left: ExpressionCode,
  right: ExpressionCode,
  at: number,
): ExpressionCode {
  const operation = new Operation(machine.budget, left, right, operate, at);
  const weight = left.weight + right.weight + 1;
  if (!left.suspends && !right.suspends) return plain(weight, forms.node(operation));
  return suspending(weight, suspendingForm(machine, left, right, forms.values(operation)));
}

function suspendingForm(
  machine: Machine,
  left: ExpressionCode,
  right: ExpressionCode,
  apply: (x: Value, y: Value) => Value,
): (frame: Frame) => Value | typeof PENDING {
  const first = left.run;
  const second = right.run;
  const goOn = (frame: Frame, x: Value): Value | typeof PENDING => {
    const y = second(frame);
    return y === PENDING ? machine.later(apply, x) : apply(x, y);
  };
  return (frame) => {
    const x = first(frame);
    return x === PENDING ? machine.later(goOn, frame) : goOn(frame, x);
  };
}
