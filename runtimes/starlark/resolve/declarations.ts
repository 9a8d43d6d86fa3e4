/**
 * The first pass over a function or the script: which names its statements bind, and whether each
 * statement stands where it may. Expressions bind nothing but in comprehensions, which have blocks of
 * their own, so this pass does not look into them; nor into the bodies of inner functions.
 */
import { ERROR_CLASSES, isErrorClass } from '../error-class.js';
import { countBinding, type Block } from './block.js';
import { moduleFault } from './foreign-modules.js';
import type { Faults } from './faults.js';
import type { Dialect } from '../syntax/dialect.js';
import type {
  AssignStatement,
  Expression,
  FunctionNode,
  Identifier,
  ImportStatement,
  LoadStatement,
  ScopeStatement,
  Statement,
  TryStatement,
  Variable,
} from '../syntax/tree.js';

/** What the first pass must know of the surroundings. */
export interface Surroundings {
  readonly dialect: Dialect;
  readonly faults: Faults;
  /** What a variable of the script of this name holds before it is assigned to. */
  initialOf(name: string): Variable['initial'];
  /** The names that a module has; undefined where there is no such module. */
  membersOf(module: string): readonly string[] | undefined;
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
  private handlers = 0;

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
        this.branch(statement.orElse);
        break;
      case 'while':
        this.control(statement.at, 'while');
        this.loop(statement.body);
        this.branch(statement.orElse);
        break;
      case 'try':
        this.control(statement.at, 'try');
        this.try(statement);
        break;
      case 'raise':
        if (statement.error === null && this.handlers === 0)
          this.faults.syntax(
            statement.at,
            'raise: got no error outside an except',
            'write raise Exception("…")',
          );
        break;
      case 'global':
      case 'nonlocal':
        this.scope(statement);
        break;
      case 'import':
        this.import(statement);
        break;
      case 'return':
        this.return(statement.at);
        break;
      case 'break':
      case 'continue':
        if (this.loops === 0) this.faults.syntax(statement.at, `${statement.kind}: got one outside a loop`);
        break;
      case 'assert':
      case 'del':
      case 'expression':
      case 'pass':
    }
  }

  // ── binding ───────────────────────────────────────────────────────────────────────────────────

  private assignment({ target, more, value }: AssignStatement): void {
    const definition = value.kind === 'lambda' ? value.function : null;
    for (const each of [target, ...more]) {
      if (each.kind === 'identifier') this.bind(each, definition, value);
      else this.target(each);
    }
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

  /** `global` at top level means what is so anyway. */
  private scope({ kind, names }: ScopeStatement): void {
    for (const { at, name } of names) {
      if (this.block.own(name) !== undefined && !(kind === 'global' && this.topLevel))
        this.faults.name(at, `${kind}: got ${name} after it was bound here, want it before`);
      else if (kind === 'global') this.global(name);
      else if (!this.nonlocal(name)) this.faults.name(at, ...this.notAround(name));
    }
  }

  private global(name: string): void {
    if (!this.topLevel) this.block.adopt(name, outermost(this.block));
  }

  private nonlocal(name: string): boolean {
    for (let around = this.block.outer; around !== null && around.depth > 0; around = around.outer) {
      if (this.block.adopt(name, around) !== undefined) return true;
    }
    return false;
  }

  private notAround(name: string): [message: string, hint: string] {
    const hint = this.topLevel ? 'leave it out' : `write global ${name} for a variable of the script`;
    return [`nonlocal: got ${name}, want a variable of a function around this one`, hint];
  }

  /** Modules that only annotations need are nothing, since annotations are nothing. */
  private import(statement: ImportStatement): void {
    const { module, bindings } = statement;
    const members = this.surroundings.membersOf(module);
    if (members === undefined) {
      this.missingModule(statement);
      return;
    }
    for (const { local, name } of bindings) {
      if (name !== null && !members.includes(name))
        this.faults.notAmong(local.at, `import: module ${module} has no ${name}`, name, members);
      this.bind(local, null);
    }
  }

  /** Its names count as bound, so that only the import is told of. */
  private missingModule({ at, module, bindings }: ImportStatement): void {
    const fault = moduleFault(module);
    if (fault === null) return;
    this.faults.name(at, fault.message, fault.hint);
    for (const { local } of bindings) this.bind(local, null);
    const name = module.split('.')[0]!;
    if (bindings.length === 0) this.bind({ kind: 'identifier', at, name, binding: null }, null);
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

  private branch(statements: readonly Statement[]): void {
    this.conditionals++;
    this.statements(statements);
    this.conditionals--;
  }

  private try({ body, handlers, orElse, finally: ending }: TryStatement): void {
    this.branch(body);
    for (const { classes, name, body: handling } of handlers) {
      for (const each of classes ?? []) this.errorClass(each);
      if (name !== null) this.bind(name, null);
      this.handlers++;
      this.branch(handling);
      this.handlers--;
    }
    this.branch(orElse);
    this.branch(ending);
  }

  private errorClass({ name, at }: { readonly name: string; readonly at: number }): void {
    if (isErrorClass(name)) return;
    const hint = 'write except Exception as e: it catches every failure; e.code says of which kind';
    this.faults.notAmong(at, `except: unknown error class ${name}`, name, ERROR_CLASSES, hint);
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

function outermost(block: Block): Block {
  let around = block;
  while (around.outer !== null) around = around.outer;
  return around;
}
