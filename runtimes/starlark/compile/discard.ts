/** An expression for what it does: its value is nobody's. */
import { PENDING } from '../values/index.js';
import { action, statement } from './code.js';
import type { ExpressionCode, StatementCode } from './code.js';
import type { Machine } from './machine.js';

/** The expression as a statement; it weighs the same. */
export function discarded(machine: Machine, code: ExpressionCode): StatementCode {
  const { run, weight } = code;
  if (!code.suspends) return { ...action(weight, (frame) => void run(frame)), act: run };
  return statement(weight, { suspends: true, abrupt: false }, (frame) =>
    run(frame) === PENDING ? machine.later(completed) : undefined,
  );
}

function completed(): undefined {
  return undefined;
}
