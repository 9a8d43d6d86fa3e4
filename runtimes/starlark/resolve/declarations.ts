/**
 * The first pass over a function or the script: which names its statements bind, and whether each
 * statement stands where it may. Expressions bind nothing but in comprehensions, which have blocks of
 * their own, so this pass does not look into them; nor into the bodies of inner functions.
 */
import { countBinding, type Block } from './block.js';
import type { Faults } from './faults.js';
import type {
  AssignStatement,
  Dialect,
  Expression,
  FunctionNode,
  Identifier,
  LoadStatement,
  Statement,
  Variable,
} from '../syntax/tree.js';

/** What the first pass must know of the surroundings. */
export interface Surroundings {
  readonly dialect: Dialect;
  readonly faults: Faults;
  /** What a variable of the script of this name holds before it is assigned to. */
  initialOf(name: string): Variable['initial'];
}

/** Declares the variables of one function or of the script. */
export class Declarations {
  private readonly block: Block;
  private readonly dialect: Dialect;
  private readonly faults: Faults;
  private readonly surroundings: Surroundings;
  private readonly topLevel: boolean;
  private loops = 0;
  private conditionals = 0;

  constructor(block: Block, surroundings: Surroundings) {
    this.block = block;
    this.surroundings = surroundings;
    this.dialect = surroundings.dialect;
    this.faults = surroundings.faults;
    this.topLevel = block.depth === 0;
  }

  /** Declares parameters, then whatever the body binds. */
  declare(node: FunctionNode): void {
    for (const { name } of node.parameters) this.parameter(name, node);
    for (const { name } of node.keywordOnly) this.parameter(name, node);
    if (node.star !== null) this.parameter(node.star, node);
    if (node.starStar !== null) this.parameter(node.starStar, node);
    this.statements(node.body);
    for (const name of node.assigned) this.bind(name, null);
  }

  private parameter({ name, at }: Identifier, node: FunctionNode): void {
    if (this.block.own(name) !== undefined) {
      this.faults.name(at, `${node.name}: got parameter ${name} twice, want it once`);
      return;
    }
    countBinding(this.block.add(name, null));
  }

  private statements(statements: readonly Statement[]): void {
    for (const statement of statements) this.statement(statement);
  }

  private statement(statement: Statement): void {
    switch (statement.kind) {
      case 'assign':
        this.assignment(statement);
        break;
      case 'augmented-assign':
        this.target(statement.target);
        break;
      case 'def':
        this.bind(statement.name, statement.function);
        break;
      case 'load':
        this.load(statement);
        break;
      case 'if':
        this.control(statement.at, 'if');
        this.if(statement);
        break;
      case 'for':
        this.control(statement.at, 'for');
        this.target(statement.target);
        this.loop(statement.body);
        break;
      case 'while':
        this.control(statement.at, 'while');
        this.loop(statement.body);
        break;
      case 'return':
        this.return(statement.at);
        break;
      case 'break':
      case 'continue':
        if (this.loops === 0) this.faults.syntax(statement.at, `${statement.kind}: got one outside a loop`);
        break;
      case 'expression':
      case 'pass':
    }
  }

  // ── binding ───────────────────────────────────────────────────────────────────────────────────

  private assignment({ target, value }: AssignStatement): void {
    if (target.kind !== 'identifier') this.target(target);
    else this.bind(target, value.kind === 'lambda' ? value.function : null, value);
  }

  private target(target: Expression): void {
    if (target.kind === 'identifier') this.bind(target);
    else if (target.kind === 'star') this.target(target.value);
    else if (target.kind === 'list' || target.kind === 'tuple')
      target.elements.forEach((each) => this.target(each));
  }

  private bind(
    { name, at }: Identifier,
    definition: FunctionNode | null = null,
    value: Expression | null = null,
  ): void {
    const known = this.block.own(name);
    if (known !== undefined && this.topLevel && !this.dialect.reassignGlobals) {
      this.faults.name(
        at,
        `assignment: got ${name} a second time, want a variable of the script assigned once`,
      );
    }
    const variable = known ?? this.block.add(name, this.topLevel ? this.surroundings.initialOf(name) : null);
    countBinding(variable, definition, value);
  }

  private load({ at, bindings }: LoadStatement): void {
    const around = this.aroundLoad();
    if (around !== null)
      this.faults.syntax(at, `load: got one within ${around}, want it at the top of the script`);
    for (const { local, name } of bindings) {
      if (name === '') this.faults.name(local.at, 'load: got an empty name');
      if (name.startsWith('_'))
        this.faults.name(local.at, `load: got ${name}, want a name without a leading _`);
      this.bind(local);
    }
  }

  private aroundLoad(): string | null {
    if (!this.topLevel) return 'a function';
    if (this.loops > 0) return 'a loop';
    return this.conditionals > 0 ? 'a conditional' : null;
  }

  // ── where statements may stand ────────────────────────────────────────────────────────────────

  /** A chain of `elif` is walked by a loop. */
  private if(first: Extract<Statement, { kind: 'if' }>): void {
    this.conditionals++;
    let branch = first;
    for (;;) {
      this.statements(branch.body);
      const [next, ...more] = branch.orElse;
      if (next?.kind !== 'if' || more.length > 0) break;
      branch = next;
    }
    this.statements(branch.orElse);
    this.conditionals--;
  }

  private loop(body: readonly Statement[]): void {
    this.loops++;
    this.statements(body);
    this.loops--;
  }

  private control(at: number, word: string): void {
    if (!this.topLevel || this.dialect.topLevelControl) return;
    this.faults.syntax(at, `${word}: got one outside a function`, 'write it in a def, and call that');
  }

  private return(at: number): void {
    if (!this.topLevel || this.dialect.topLevelReturn) return;
    this.faults.syntax(at, 'return: got one outside a function', 'write it in a def, and call that');
  }
}
