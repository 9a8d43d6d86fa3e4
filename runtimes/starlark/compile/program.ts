/**
 * The pass from tree to closures.
 *
 * One walk over the resolved tree. Each kind of node has a form of its own in the files around; this one
 * sends nodes to them and keeps what belongs to the function at hand. Code is compiled for one run: its
 * closures hold the machine, the budget and the script's own frame.
 */
import type { Expression, FunctionNode, ResolvedProgram, Statement, Variable } from '../syntax/tree.js';
import { literalValue } from '../values/index.js';
import type { Budget, Eventual, Value } from '../values/index.js';
import { dotCode, indexCode, sliceCode } from './access.js';
import { assignCode, augmentedAssignCode } from './assignment.js';
import { assignmentExpressionCode } from './assignment-expression.js';
import { binaryCode, unaryCode } from './binary.js';
import { blockCode } from './block.js';
import { ifCode } from './branch.js';
import { callCode } from './call.js';
import { action, constant, statement } from './code.js';
import type { ExpressionCode, StatementCode } from './code.js';
import type { Compiler, Environment } from './compiler.js';
import { BREAK, CONTINUE } from './completion.js';
import { comparisonChainCode } from './comparison-chain.js';
import { comprehensionCode } from './comprehension.js';
import { delCode } from './deletion.js';
import { defCode, functionCode } from './definition.js';
import { discarded } from './discard.js';
import { dictCode, formatStringCode, listCode, setCode, tupleCode } from './displays.js';
import { PENDING } from '../values/index.js';
import { failAt, overdrawn } from './failure.js';
import { frameMaker, placeOf } from './frame.js';
import type { Frame } from './frame.js';
import { FunctionCode } from './function-code.js';
import { importCode } from './import.js';
import { loadCode } from './load.js';
import { conditionalCode, logicalCode } from './logic.js';
import { forCode, whileCode } from './loop.js';
import type { Machine } from './machine.js';
import { nameCode } from './names.js';
import { assertCode, raiseCode } from './raise.js';
import { tryCode } from './try.js';

/** A script that is ready to run, once. */
export interface CompiledProgram {
  /** Runs it, and answers what it returned. */
  readonly main: () => Eventual;
}

/** Compiles a script for one run on this machine. */
export function compile(
  resolved: ResolvedProgram,
  machine: Machine,
  environment: Environment,
): CompiledProgram {
  const pass = new Pass(machine, environment);
  const body = pass.script(resolved.main);
  return { main: () => runScript(machine, pass.globals, body) };
}

function runScript(machine: Machine, globals: Frame, body: StatementCode): Eventual {
  const { budget } = machine;
  const isLate = (budget.left -= body.weight) < 0 && overdrawn(budget, 0);
  const completion = isLate ? machine.giveWay(() => body.run(globals)) : body.run(globals);
  if (completion === PENDING) return machine.after((later) => later ?? null);
  return completion === undefined ? null : (completion as Value);
}

class Pass implements Compiler {
  readonly budget: Budget;
  readonly globals: Frame = [null];
  atTopLevel = true;
  caughtPlace = 0;
  private slots = 0;

  constructor(
    readonly machine: Machine,
    readonly environment: Environment,
  ) {
    this.budget = machine.budget;
  }

  script(main: FunctionNode): StatementCode {
    this.slots = main.scope!.variables.length;
    const body = this.block(main.body);
    while (this.globals.length <= this.slots) this.globals.push(undefined);
    for (const variable of main.scope!.variables) this.begin(variable);
    return body;
  }

  /** A variable that shadows an outside name starts with what that means. */
  private begin(variable: Variable): void {
    if (variable.initial === null) return;
    const { predeclared, universe } = this.environment;
    const outside = variable.initial === 'predeclared' ? predeclared : universe;
    this.globals[placeOf(variable)] = outside.get(variable.name);
  }

  define(node: FunctionNode): FunctionCode {
    const { slots, atTopLevel, caughtPlace } = this;
    this.slots = node.scope!.variables.length;
    this.atTopLevel = false;
    this.caughtPlace = 0;
    const code = new FunctionCode(node);
    const body = this.block(node.body);
    code.body = body.run;
    code.weight = body.weight + 1;
    code.makeFrame = frameMaker(this.slots);
    this.slots = slots;
    this.atTopLevel = atTopLevel;
    this.caughtPlace = caughtPlace;
    return code;
  }

  hiddenPlace(): number {
    return ++this.slots;
  }

  block(statements: readonly Statement[]): StatementCode {
    return blockCode(
      this.machine,
      statements.map((node) => this.statement(node)),
    );
  }

  private statement(node: Statement): StatementCode {
    switch (node.kind) {
      case 'expression':
        return discarded(this.machine, this.expression(node.expression));
      case 'assign':
        return assignCode(this, node);
      case 'augmented-assign':
        return augmentedAssignCode(this, node);
      case 'def':
        return defCode(this, node);
      case 'if':
        return ifCode(this, node);
      case 'for':
        return forCode(this, node);
      case 'while':
        return whileCode(this, node);
      case 'return':
        return this.returned(node.value);
      case 'break':
        return statement(1, ABRUPT, () => BREAK);
      case 'continue':
        return statement(1, ABRUPT, () => CONTINUE);
      case 'pass':
        return action(1, () => undefined);
      case 'try':
        return tryCode(this, node);
      case 'raise':
        return raiseCode(this, node);
      case 'assert':
        return assertCode(this, node);
      case 'del':
        return delCode(this, node);
      case 'import':
        return importCode(this, node);
      case 'global':
      case 'nonlocal':
        return action(0, () => undefined);
      case 'load':
        return loadCode(this, node);
    }
  }

  /** `return e` is e: what a statement completes with is what the function returns. */
  private returned(value: Expression | null): StatementCode {
    if (value === null) return statement(1, ABRUPT, () => null);
    const { suspends, weight, run } = this.expression(value);
    return statement(weight + 1, { suspends, abrupt: true }, run);
  }

  expression(node: Expression): ExpressionCode {
    switch (node.kind) {
      case 'identifier':
        return nameCode(this, node);
      case 'literal':
        return constant(literalValue(node.value));
      case 'format-string':
        return formatStringCode(this, node);
      case 'list':
        return listCode(this, node);
      case 'tuple':
        return tupleCode(this, node);
      case 'set':
        return setCode(this, node);
      case 'dict':
        return dictCode(this, node);
      case 'unary':
        return unaryCode(this, node);
      case 'binary':
        return binaryCode(this, node);
      case 'logical':
        return logicalCode(this, node);
      case 'conditional':
        return conditionalCode(this, node);
      case 'index':
        return indexCode(this, node);
      case 'slice':
        return sliceCode(this, node);
      case 'dot':
        return dotCode(this, node);
      case 'call':
        return callCode(this, node);
      case 'lambda':
        return functionCode(this, node.function);
      case 'comprehension':
        return comprehensionCode(this, node);
      case 'comparison-chain':
        return comparisonChainCode(this, node);
      case 'assignment':
        return assignmentExpressionCode(this, node);
      case 'star':
        return failAt(node.at, 'star: it stands alone');
    }
  }
}

const ABRUPT = { suspends: false, abrupt: true };
