/** `any(… for …)`, `all(… for …)` and `next((… for …), default)`: they go no further than they must. */
import { runtimeError } from '../error.js';
import type { CallExpression, Comprehension } from '../syntax/tree.js';
import { PENDING, truth } from '../values/index.js';
import type { Eventual, Value } from '../values/index.js';
import { statement, suspending } from './code.js';
import type { ExpressionCode, StatementCode } from './code.js';
import type { Compiler } from './compiler.js';
import type { Completion } from './completion.js';
import { clausesCode } from './comprehension.js';
import { located } from './failure.js';
import type { Frame } from './frame.js';

/** What the answer is as soon as an item settles it; undefined goes on. */
type Settle = (item: Value) => Value | undefined;

interface Taker {
  readonly settle: Settle;
  /** The answer where no item settles it; undefined for the second argument. */
  readonly otherwise?: boolean;
}

/** By name of the language's builtin. */
const TAKERS: readonly (readonly [string, Taker])[] = [
  ['any', { settle: (item) => (truth(item) ? true : undefined), otherwise: false }],
  ['all', { settle: (item) => (truth(item) ? undefined : false), otherwise: true }],
  ['next', { settle: (item) => item }],
];

/** The code of such a call; null for any other. `callee` is the value that is called, if it is known. */
export function generatorCallCode(
  compiler: Compiler,
  node: CallExpression,
  callee: Value,
): ExpressionCode | null {
  const [generator, fallback] = node.positional;
  if (generator?.kind !== 'comprehension' || !generator.generator || node.named.length > 0) return null;
  const { universe } = compiler.environment;
  const [, taker] = TAKERS.find(([name]) => callee === universe.get(name)) ?? [];
  const most = taker?.otherwise === undefined ? 2 : 1;
  if (taker === undefined || node.positional.length > most || fallback?.kind === 'star') return null;
  const none = fallback === undefined ? null : compiler.expression(fallback);
  return takingCode(compiler, node, generator, taker, none);
}

function takingCode(
  compiler: Compiler,
  node: CallExpression,
  generator: Comprehension,
  { settle, otherwise }: Taker,
  fallback: ExpressionCode | null,
): ExpressionCode {
  const { machine } = compiler;
  const { run, weight } = clausesCode(compiler, generator, () => settlingCode(compiler, generator, settle));
  const take = (frame: Frame, none: Value | undefined): Eventual => {
    const answer = (completion: Completion): Value => {
      if (completion !== undefined) return completion as Value;
      if (none !== undefined) return none;
      throw located(
        runtimeError('next: the generator has no items, and there is no default', 'write next((…), None)'),
        node.at,
      );
    };
    const completion = run(frame);
    return completion === PENDING ? machine.after(answer) : answer(completion);
  };
  if (fallback === null) return suspending(weight + 1, (frame) => take(frame, otherwise));
  return suspending(weight + fallback.weight + 1, (frame) => {
    const none = fallback.run(frame);
    return none === PENDING ? machine.later(take, frame) : take(frame, none);
  });
}

/** The innermost statement: it ends the loops, as `return` would, where the item settles the answer. */
function settlingCode(compiler: Compiler, { body }: Comprehension, settle: Settle): StatementCode {
  const { machine } = compiler;
  const { run, suspends, weight } = compiler.expression(body);
  return statement(weight + 1, { suspends, abrupt: true }, (frame) => {
    const item = run(frame);
    return item === PENDING ? machine.later(settle) : settle(item);
  });
}
