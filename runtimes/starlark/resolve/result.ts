/** The result of a script without `return`: the value of the expression that it ends in. */
import type { Expression, IfStatement, Statement } from '../syntax/tree.js';

/** The statements with a last expression returned, also the last of `if __name__ == "__main__"`. */
export function withResult(body: readonly Statement[]): readonly Statement[] {
  const last = body.at(-1);
  const returned = last === undefined ? null : returning(last);
  return returned === null ? body : [...body.slice(0, -1), returned];
}

function returning(statement: Statement): Statement | null {
  if (statement.kind === 'expression')
    return { kind: 'return', at: statement.at, value: statement.expression };
  return statement.kind === 'if' && isMain(statement)
    ? { ...statement, body: withResult(statement.body) }
    : null;
}

function isMain({ condition, orElse }: IfStatement): boolean {
  if (condition.kind !== 'binary' || condition.operator !== '==' || orElse.length > 0) return false;
  return isName(condition.left) || isName(condition.right);
}

function isName(expression: Expression): boolean {
  return expression.kind === 'identifier' && expression.name === '__name__';
}
