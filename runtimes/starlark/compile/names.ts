/** Reading names. */
import type { Identifier } from '../syntax/tree.js';
import { runtimeError } from '../error.js';
import type { Value } from '../values/index.js';
import { constant, local, plain } from './code.js';
import type { PlainCode } from './code.js';
import type { Compiler } from './compiler.js';
import { failAt, located } from './failure.js';
import { placeOf } from './frame.js';
import type { Frame } from './frame.js';

/** A name as an expression. */
export function nameCode(compiler: Compiler, node: Identifier): PlainCode {
  const { binding } = node;
  switch (binding?.kind) {
    case 'local':
      return local(placeOf(binding.variable), readLocal(compiler, node, placeOf(binding.variable)));
    case 'free':
      return plain(1, readFree(node, binding.depth, placeOf(binding.variable)));
    case 'global':
      return plain(1, readGlobal(node, compiler.globals, placeOf(binding.variable)));
    case 'predeclared':
      return given(node, compiler.environment.predeclared.get(binding.name));
    case 'universal':
      return given(node, compiler.environment.universe.get(binding.name));
    case undefined:
      return failAt(node.at, `name ${node.name}: it is not resolved`);
  }
}

function given(node: Identifier, value: Value | undefined): PlainCode {
  return value === undefined ? failAt(node.at, `undefined: ${node.name}`) : constant(value);
}

function readLocal(compiler: Compiler, node: Identifier, place: number): (frame: Frame) => Value {
  const kind = compiler.atTopLevel ? 'variable' : 'local variable';
  return (frame) => {
    const value = frame[place];
    return value === undefined ? unbound(node, kind) : (value as Value);
  };
}

function readGlobal(node: Identifier, globals: Frame, place: number): (frame: Frame) => Value {
  return () => {
    const value = globals[place];
    return value === undefined ? unbound(node, 'global variable') : (value as Value);
  };
}

function readFree(node: Identifier, depth: number, place: number): (frame: Frame) => Value {
  return (frame) => {
    let up = frame;
    for (let i = 0; i < depth; i++) up = up[0] as Frame;
    const value = up[place];
    return value === undefined ? unbound(node, 'local variable') : (value as Value);
  };
}

function unbound(node: Identifier, kind: string): never {
  const message = `${kind} ${node.name} referenced before assignment`;
  throw located(runtimeError(message).as('UnboundLocalError'), node.at);
}
