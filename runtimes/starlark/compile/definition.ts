/** `def` and `lambda`: the defaults are evaluated where the function is made, once. */
import type { DefStatement, FunctionNode } from '../syntax/tree.js';
import type { Value } from '../values/index.js';
import type { ExpressionCode, StatementCode } from './code.js';
import type { Compiler } from './compiler.js';
import { allocateAt } from './failure.js';
import { Closure } from './function-code.js';
import { withOperands } from './operands.js';
import { storing } from './store.js';
import { targetOf } from './target.js';

/** Bytes of a function besides the frame that it keeps alive. */
const FUNCTION_BYTES = 64;

/** `def`: a function stored under its name. */
export function defCode(compiler: Compiler, node: DefStatement): StatementCode {
  const target = targetOf(compiler, node.name, node.at);
  return storing(compiler, functionCode(compiler, node.function), target);
}

/** A function as an expression. It is charged for the frame that it keeps. */
export function functionCode(compiler: Compiler, node: FunctionNode): ExpressionCode {
  const { machine, budget } = compiler;
  const parameters = [...node.parameters, ...node.keywordOnly];
  const optional = parameters.filter((parameter) => parameter.defaultValue !== null);
  const operands = optional.map((parameter) => compiler.expression(parameter.defaultValue!));
  const code = compiler.define(node);
  return withOperands(machine, operands, (values, frame) => {
    allocateAt(budget, FUNCTION_BYTES + 8 * (frame.length + parameters.length), node.at);
    return new Closure(code, frame, defaultsOf(parameters, values));
  });
}

/** The default of each parameter; `undefined` for one without. */
function defaultsOf(
  parameters: FunctionNode['parameters'],
  values: readonly Value[],
): readonly (Value | undefined)[] {
  if (values.length === 0) return NONE;
  let next = 0;
  return parameters.map(({ defaultValue }) => (defaultValue === null ? undefined : values[next++]));
}

const NONE: readonly undefined[] = [];
