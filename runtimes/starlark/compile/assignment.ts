/** `target = value` and `target op= value`. */
import type {
  AssignStatement,
  AugmentedAssignStatement,
  DotExpression,
  IndexExpression,
} from '../syntax/tree.js';
import { PENDING, index } from '../values/index.js';
import type { Eventual, Value } from '../values/index.js';
import { ELEMENT, attribute } from './access.js';
import { binaryForms } from './binary.js';
import { plain, suspending } from './code.js';
import type { ExpressionCode, StatementCode } from './code.js';
import type { Compiler } from './compiler.js';
import type { Frame } from './frame.js';
import { inPlace } from './in-place.js';
import { withOperand } from './operands.js';
import { operationCode } from './operation.js';
import { storing } from './store.js';
import { chainedTarget, setElement, setField, targetOf } from './target.js';

/** The value first, then the parts of the target. */
export function assignCode(compiler: Compiler, node: AssignStatement): StatementCode {
  const { target, more, at } = node;
  const value = compiler.expression(node.value);
  const targets =
    more.length === 0 ? targetOf(compiler, target, at) : chainedTarget(compiler, [target, ...more], at);
  return storing(compiler, value, targets);
}

/** The target is read first; what it consists of is evaluated once. */
export function augmentedAssignCode(compiler: Compiler, node: AugmentedAssignStatement): StatementCode {
  if (node.target.kind === 'index') return augmentElement(compiler, node, node.target);
  if (node.target.kind === 'dot') return augmentField(compiler, node, node.target);
  const { forms, operate } = binaryForms(node.operator);
  const target = targetOf(compiler, node.target, node.at);
  const value = operationCode(
    compiler.machine,
    forms,
    inPlace(node.operator, operate),
    compiler.expression(node.target),
    compiler.expression(node.value),
    node.at,
  );
  return storing(compiler, value, target);
}

/**
 * `x[i] op= value`: x and i are evaluated once, the element is read, then the value is evaluated. They
 * wait in hidden places of the frame, so that the operation is a node like any other.
 */
function augmentElement(
  compiler: Compiler,
  node: AugmentedAssignStatement,
  target: IndexExpression,
): StatementCode {
  const { budget, machine } = compiler;
  const added = compiler.expression(node.value);
  const object = kept(compiler, compiler.expression(target.object), added);
  const key = kept(compiler, compiler.expression(target.index), added);
  const element = operationCode(machine, ELEMENT, index, object.code, key.code, target.at);
  const { forms, operate } = binaryForms(node.operator);
  const result = operationCode(machine, forms, inPlace(node.operator, operate), element, added, node.at);
  return storing(compiler, result, {
    suspends: false,
    weight: 0,
    place: 0,
    assign: (frame, value) => setElement(budget, object.again(frame), key.again(frame), value, target.at),
  });
}

/** `x.name op= value`: x is evaluated once. */
function augmentField(
  compiler: Compiler,
  node: AugmentedAssignStatement,
  { object, name, at }: DotExpression,
): StatementCode {
  const { machine } = compiler;
  const added = compiler.expression(node.value);
  const host = kept(compiler, compiler.expression(object), added);
  const field = withOperand(machine, host.code, (value) => attribute(compiler, value, name, at));
  const { forms, operate } = binaryForms(node.operator);
  const result = operationCode(machine, forms, inPlace(node.operator, operate), field, added, node.at);
  return storing(compiler, result, {
    suspends: false,
    weight: 0,
    place: 0,
    assign: (frame, value) => setField(host.again(frame), name, value, at),
  });
}

/** An operand whose value is there again later. */
interface Kept {
  readonly code: ExpressionCode;
  readonly again: (frame: Frame) => Value;
}

/** A variable may mean something else after `added` is evaluated, if that suspends, calls or assigns. */
function kept(compiler: Compiler, code: ExpressionCode, added: ExpressionCode): Kept {
  const lasts = !code.suspends && (code.place < 0 || (code.place > 0 && !added.suspends));
  if (lasts) return { code, again: code.run };
  const place = compiler.hiddenPlace();
  const again = (frame: Frame): Value => frame[place] as Value;
  const { run, weight } = code;
  if (!code.suspends) return { code: plain(weight, (frame) => (frame[place] = code.run(frame))), again };
  const store = (frame: Frame, value: Value): Value => (frame[place] = value);
  const keep = (frame: Frame): Eventual => {
    const value = run(frame);
    return value === PENDING ? compiler.machine.later(store, frame) : store(frame, value);
  };
  return { code: suspending(weight, keep), again };
}
