/** What the forms of nodes ask of the pass that compiles them. */
import type { Expression, FunctionNode, Statement } from '../syntax/tree.js';
import type { Budget, MethodBody, Value } from '../values/index.js';
import type { ExpressionCode, StatementCode } from './code.js';
import type { Frame } from './frame.js';
import type { FunctionCode } from './function-code.js';
import type { Machine } from './machine.js';

/** Values by name; a Map is one. The same name always gives the same value. */
export interface Names {
  get(name: string): Value | undefined;
}

/** What a script finds around it. */
export interface Environment {
  /** Given by the host for this run. */
  readonly predeclared: Names;
  /** Of the language. */
  readonly universe: Names;
  /** A method of a value's type. */
  readonly method: (value: Value, name: string) => MethodBody | undefined;
  readonly methodNames: (value: Value) => readonly string[];
  /** What a value has under a name that is no method. */
  readonly field: (value: Value, name: string) => Value | undefined;
  /** The way to write what other languages have, by the name of the member. */
  readonly memberHints: ReadonlyMap<string, string>;
  /** Fetches what `load` names: a module, or a promise of one. */
  readonly load?: ((module: string) => Value | Promise<Value>) | undefined;
}

/** The pass, as the forms of nodes see it. */
export interface Compiler {
  readonly machine: Machine;
  readonly budget: Budget;
  readonly environment: Environment;
  /** The frame of the script itself. */
  readonly globals: Frame;
  expression(node: Expression): ExpressionCode;
  block(statements: readonly Statement[]): StatementCode;
  /** Compiles a function. */
  define(node: FunctionNode): FunctionCode;
  /** A place in the frame of the function at hand that no variable has. */
  hiddenPlace(): number;
  /** The place of the error that the `except` around the nodes at hand caught; 0 is none. */
  caughtPlace: number;
  /** Whether the nodes at hand stand outside of any function. */
  readonly atTopLevel: boolean;
}
