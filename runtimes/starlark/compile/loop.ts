/**
 * `for` and `while`. Each turn is charged, and may give way to the event loop.
 *
 * While a loop runs over a list, dict or set, that collection may not change: its count of iterators is
 * raised, and lowered again however the loop ends, also when it ends while it is suspended.
 */
import type { StarlarkError } from '../error.js';
import type { Expression, ForStatement, Statement, WhileStatement } from '../syntax/tree.js';
import { Mutable, PENDING, Range, iterate, truth } from '../values/index.js';
import type { Value } from '../values/index.js';
import { charged } from './branch.js';
import { statement } from './code.js';
import type { StatementCode } from './code.js';
import type { Compiler } from './compiler.js';
import { BREAK, CONTINUE } from './completion.js';
import type { Completion } from './completion.js';
import { located, overdrawn } from './failure.js';
import type { Frame } from './frame.js';
import type { Machine, Unwinding } from './machine.js';
import { targetOf } from './target.js';
import type { Target } from './target.js';

/** `for`: the iterable is evaluated once. */
export function forCode(compiler: Compiler, node: ForStatement): StatementCode {
  const { at, target, iterable, orElse } = node;
  const header: Header = { at, target, iterable, broken: orElse.length > 0 ? BREAK : undefined };
  const loop = loopCode(compiler, header, () => compiler.block(node.body));
  return orElse.length > 0 ? withElse(compiler, loop, orElse, at) : loop;
}

/** A loop that answers BREAK when it was broken off, and what runs when it was not. */
function withElse(
  compiler: Compiler,
  loop: StatementCode,
  orElse: readonly Statement[],
  at: number,
): StatementCode {
  const { machine } = compiler;
  const body = charged(compiler, compiler.block(orElse), at);
  const abrupt = loop.abrupt || body.abrupt;
  const ended = (frame: Frame, completion: Completion): Completion => {
    if (completion === undefined) return body.run(frame);
    return completion === BREAK ? undefined : completion;
  };
  return statement(loop.weight, { suspends: true, abrupt }, (frame) => {
    const completion = loop.run(frame);
    return completion === PENDING ? machine.after(ended, frame) : ended(frame, completion);
  });
}

/** What the header of a loop says. */
interface Header {
  readonly at: number;
  readonly target: Expression;
  readonly iterable: Expression;
  /** What the loop completes with when it is broken off: BREAK where somebody wants to know. */
  readonly broken?: typeof BREAK | undefined;
}

/** A loop over what `iterable` gives; the body is compiled after the header. */
export function loopCode(compiler: Compiler, header: Header, bodyOf: () => StatementCode): StatementCode {
  const { machine } = compiler;
  const iterable = compiler.expression(header.iterable);
  const target = targetOf(compiler, header.target, header.at);
  const body = bodyOf();
  const loop = new Loop(compiler, header, target, body);
  const facts = { suspends: true, abrupt: body.abrupt };
  const { run } = iterable;
  const over = (frame: Frame, value: Value): Completion => loop.over(frame, value);
  return statement(iterable.weight + 1, facts, (frame) => {
    const value = run(frame);
    return value === PENDING ? machine.later(over, frame) : loop.over(frame, value);
  });
}

/** One loop of the script: turns over any kind of collection. */
class Loop {
  private readonly turns: Turns;

  constructor(
    private readonly compiler: Compiler,
    private readonly header: Header,
    target: Target,
    body: StatementCode,
  ) {
    const weight = target.weight + body.weight + 1;
    const turn = turnOf(compiler.machine, target, body);
    this.turns = turnsOf(compiler, weight, target.place, body, turn, header);
  }

  over(frame: Frame, value: Value): Completion {
    if (value instanceof Range) return this.turns.range(frame, value, 0);
    const items = this.items(value);
    if (!(value instanceof Mutable)) return this.turns.items(frame, items, 0);
    value.iterators++;
    let completion: Completion;
    try {
      completion = this.turns.items(frame, items, 0);
    } catch (error) {
      value.iterators--;
      throw error;
    }
    if (completion === PENDING) return this.compiler.machine.unwind(new SuspendedLoop(value));
    value.iterators--;
    return completion;
  }

  private items(value: Value): readonly Value[] {
    try {
      return iterate(this.compiler.budget, value);
    } catch (error) {
      throw located(error, this.header.iterable.at);
    }
  }
}

class SuspendedLoop implements Unwinding {
  constructor(private readonly collection: Mutable) {}

  resume(completion: Completion): Completion {
    this.collection.iterators--;
    return completion;
  }

  fail(error: StarlarkError): never {
    this.collection.iterators--;
    throw error;
  }
}

interface Turns {
  readonly items: (frame: Frame, items: readonly Value[], start: number) => Completion;
  readonly range: (frame: Frame, range: Range, start: number) => Completion;
}

/** One turn: assigns to the target, runs the body. */
function turnOf(
  machine: Machine,
  target: Target,
  body: StatementCode,
): (frame: Frame, value: Value) => Completion {
  const { assign } = target;
  const { run } = body;
  if (!target.suspends) {
    return (frame, value) => {
      assign(frame, value);
      return run(frame);
    };
  }
  const goOn = (frame: Frame, assigned: Completion): Completion => assigned ?? run(frame);
  return (frame, value) => (assign(frame, value) === PENDING ? machine.after(goOn, frame) : run(frame));
}

/** The loops over arrays and ranges. A turn that is taken back for giving way is charged again later. */
function turnsOf(
  { machine, budget }: Compiler,
  weight: number,
  place: number,
  { run }: StatementCode,
  turn: (frame: Frame, value: Value) => Completion,
  { iterable: { at }, broken }: Header,
): Turns {
  const left = (completion: Completion): Completion => (completion === BREAK ? broken : completion);
  const itemsAfter = (
    frame: Frame,
    items: readonly Value[],
    start: number,
    turned: Completion,
  ): Completion => (leaves(turned) ? left(turned) : itemsFrom(frame, items, start));
  const rangeAfter = (frame: Frame, range: Range, start: number, turned: Completion): Completion =>
    leaves(turned) ? left(turned) : rangeFrom(frame, range, start);
  const itemsFrom = (frame: Frame, items: readonly Value[], start: number): Completion => {
    for (let i = start; i < items.length; i++) {
      if ((budget.left -= weight) < 0 && overdrawn(budget, at)) {
        budget.left += weight;
        return machine.giveWay(itemsFrom, frame, items, i);
      }
      let completion: Completion;
      if (place > 0) {
        frame[place] = items[i]!;
        completion = run(frame);
      } else {
        completion = turn(frame, items[i]!);
      }
      if (completion === undefined || completion === CONTINUE) continue;
      if (completion !== PENDING) return left(completion);
      return machine.after(itemsAfter, frame, items, i + 1);
    }
    return undefined;
  };
  const rangeFrom = (frame: Frame, range: Range, start: number): Completion => {
    for (let i = start; i < range.length; i++) {
      if ((budget.left -= weight) < 0 && overdrawn(budget, at)) {
        budget.left += weight;
        return machine.giveWay(rangeFrom, frame, range, i);
      }
      let completion: Completion;
      if (place > 0) {
        frame[place] = range.start + range.step * i;
        completion = run(frame);
      } else {
        completion = turn(frame, range.start + range.step * i);
      }
      if (completion === undefined || completion === CONTINUE) continue;
      if (completion !== PENDING) return left(completion);
      return machine.after(rangeAfter, frame, range, i + 1);
    }
    return undefined;
  };
  return { items: itemsFrom, range: rangeFrom };
}

/** Whether a body that completed so ends its loop. */
function leaves(completion: Completion): boolean {
  return completion !== undefined && completion !== CONTINUE;
}

/** `while`: the condition weighs with each turn. */
export function whileCode(compiler: Compiler, node: WhileStatement): StatementCode {
  const { machine, budget } = compiler;
  const { at, orElse } = node;
  const condition = compiler.expression(node.condition);
  const body = compiler.block(node.body);
  const broken = orElse.length > 0 ? BREAK : undefined;
  const left = (completion: Completion): Completion => (completion === BREAK ? broken : completion);
  const weight = condition.weight + body.weight + 1;
  const [test, run] = [condition.run, body.run];
  const turns = (frame: Frame): Completion => {
    for (;;) {
      if ((budget.left -= weight) < 0 && overdrawn(budget, at)) {
        budget.left += weight;
        return machine.giveWay(turns, frame);
      }
      const value = test(frame);
      if (value === PENDING) return machine.later(tested, frame);
      if (value !== true && !truth(value)) return undefined;
      const completion = run(frame);
      if (completion === undefined || completion === CONTINUE) continue;
      if (completion === PENDING) return machine.after(goOn, frame);
      return left(completion);
    }
  };
  const tested = (frame: Frame, value: Value): Completion =>
    truth(value) ? goOn(frame, run(frame)) : undefined;
  /** After a body that completed so, or that still waits. */
  const goOn = (frame: Frame, completion: Completion): Completion => {
    if (completion === PENDING) return machine.after(goOn, frame);
    return leaves(completion) ? left(completion) : turns(frame);
  };
  const loop = statement(1, { suspends: true, abrupt: body.abrupt }, turns);
  return orElse.length > 0 ? withElse(compiler, loop, orElse, at) : loop;
}
