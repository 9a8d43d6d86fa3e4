/** `load("module", "name", local = "name")`. Without a loader, scripts stand alone. */
import { runtimeError } from '../error.js';
import type { LoadStatement } from '../syntax/tree.js';
import { attributeNames, getAttribute } from '../values/index.js';
import type { Value } from '../values/index.js';
import { didYouMean } from '../nearest-name.js';
import { statement } from './code.js';
import type { StatementCode } from './code.js';
import type { Compiler } from './compiler.js';
import type { Completion } from './completion.js';
import { SuspendedBuiltin } from './enter.js';
import { failAt, located } from './failure.js';
import type { Frame } from './frame.js';
import { targetOf } from './target.js';

/** Fetches the module, now or later, then binds the names in their order. */
export function loadCode(compiler: Compiler, node: LoadStatement): StatementCode {
  const { machine, environment } = compiler;
  const bindings = node.bindings.map(({ local, name }) => ({
    name,
    at: local.at,
    target: targetOf(compiler, local, node.at),
  }));
  const bind = (frame: Frame, module: Value): Completion => {
    for (const { name, at, target } of bindings) {
      const member = getAttribute(module, name);
      target.assign(frame, member === undefined ? missing(module, node.module, name, at) : member);
    }
    return undefined;
  };
  return statement(1 + bindings.length, { suspends: true, abrupt: false }, (frame) => {
    const module = fetchModule(environment.load, node);
    if (!(module instanceof Promise)) return bind(frame, module);
    machine.wait(module);
    machine.unwind(new SuspendedBuiltin(node.at));
    return machine.later((value) => bind(frame, value));
  });
}

function fetchModule(
  load: Compiler['environment']['load'],
  { module, at }: LoadStatement,
): Value | Promise<Value> {
  try {
    if (load === undefined)
      throw runtimeError(`load: no module "${module}"`, 'a script here stands alone').as('RuntimeError');
    return load(module);
  } catch (error) {
    throw located(error, at);
  }
}

function missing(module: Value, moduleName: string, name: string, at: number): never {
  const guess = didYouMean(name, attributeNames(module));
  failAt(at, `load: name ${name} not found in module ${moduleName}${guess}`);
}
