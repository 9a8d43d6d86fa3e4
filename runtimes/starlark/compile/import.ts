/** `import` and `from`, of modules that are there: names for what the resolver has found. */
import type { ImportStatement } from '../syntax/tree.js';
import { Module, getAttribute } from '../values/index.js';
import { action } from './code.js';
import type { StatementCode } from './code.js';
import type { Compiler } from './compiler.js';
import { failAt } from './failure.js';
import { targetOf } from './target.js';

/** Binds the names in their order; of a module that is not there, none. */
export function importCode(compiler: Compiler, { at, module, bindings }: ImportStatement): StatementCode {
  const { predeclared, universe } = compiler.environment;
  const value = predeclared.get(module) ?? universe.get(module);
  if (!(value instanceof Module)) return action(1, () => undefined);
  const assigns = bindings.map(({ local, name }) => {
    const member = name === null ? value : getAttribute(value, name);
    if (member === undefined) return failAt(at, `import: module ${module} has no ${String(name)}`);
    const { assign } = targetOf(compiler, local, at);
    return { assign, member };
  });
  return action(1 + assigns.length, (frame) => {
    for (const { assign, member } of assigns) assign(frame, member);
  });
}
