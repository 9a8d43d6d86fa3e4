/**
 * Names to slots, before anything runs.
 *
 * A name means a variable of the block around it, or of the nearest block further out that has it; else
 * a predeclared name; else a universal one; else it is an error. Blocks are the script, its functions,
 * and its comprehensions. A name is a variable of a function if any statement of that function binds
 * it, also one further down: reading it before is an error while running, not here. So each function is
 * walked twice. The first pass (`declarations.ts`) sees its statements and makes its variables; the
 * second, here, sees its expressions and gives each identifier its binding. An inner function is
 * resolved when the second pass of the outer one comes to it, and by then every block around it is
 * declared in full: one look-up settles each name, forward references included.
 *
 * A function's defaults, and the first iterable of a comprehension, belong to the block outside.
 * Comprehensions bind their variables in their own block, but give them slots in the frame of the
 * function around them.
 *
 * The parser bounds how deep brackets and blocks nest; this pass also bounds what the parser builds
 * with loops, `a.b(c)[d]…`, by counting its own recursion. It walks chains of binary operators and of
 * `elif`, which may be as long as the script, with loops.
 */
import { Block, countBinding } from './block.js';
import { identityMisuse, nextMisuse, typeMisuses, type Misuse } from './misuse.js';
import { Declarations, type Surroundings } from './declarations.js';
import { Faults } from './faults.js';
import { withResult } from './result.js';
import { NESTING_LEVELS, nestingError } from '../syntax/index.js';
import type { Dialect } from '../syntax/dialect.js';
import type {
  AssignmentExpression,
  BinaryExpression,
  Binding,
  CallExpression,
  ComparisonChain,
  Comprehension,
  DotExpression,
  Expression,
  FormatPart,
  FunctionNode,
  Identifier,
  ImportStatement,
  LogicalExpression,
  Program,
  ResolvedProgram,
  SliceExpression,
  Statement,
  TryStatement,
  Variable,
} from '../syntax/tree.js';

/** Places of a program that its names alone do not settle; not in the order of the text. */
export interface Met {
  readonly calls: readonly CallExpression[];
  readonly dots: readonly DotExpression[];
}

/** What is known of the names that a script does not bind itself. */
interface Names {
  readonly dialect: Dialect;
  /** Whether the host gives this name for the run. */
  isPredeclared(name: string): boolean;
  /** Whether the language has this name. */
  isUniversal(name: string): boolean;
  /** All of these names: asked for only when one is unknown, to find the nearest. */
  names(): Iterable<string>;
  /** What the host says to write instead of a name that is not there. */
  hint?(name: string): string | undefined;
  /** Looks for faults of another kind once everything has its binding; all are told together. */
  inspect?(met: Met, faults: Faults): void;
  /** The names that a module has; undefined where there is no such module. Without it there are none. */
  membersOf?(module: string): readonly string[] | undefined;
}

/**
 * Fills in the bindings and scopes of a program, which must be fresh from the parser. Throws
 * `script/name` or `script/syntax` with every further fault in `also`, in the order of the text, and
 * `limit/depth`.
 */
export function resolve(program: Program, names: Names): ResolvedProgram {
  const main: FunctionNode = {
    at: 0,
    name: '<toplevel>',
    parameters: [],
    positionalOnly: 0,
    keywordOnly: [],
    star: null,
    starStar: null,
    body: names.dialect.lastExpression && !program.returns ? withResult(program.body) : program.body,
    assigned: program.assigned,
    scope: null,
  };
  new Resolver(names).resolve(main, program);
  return { program, main };
}

class Resolver implements Surroundings, Met {
  readonly dialect: Dialect;
  readonly faults: Faults;
  private readonly names: Names;
  readonly calls: CallExpression[] = [];
  readonly dots: DotExpression[] = [];
  private readonly outside = new Map<string, Binding>();
  private block: Block;
  private levels = 0;
  /** How many loops and `try` bodies are around. */
  private detours = 0;
  /** The script's variables that an expression, or a statement before this one, may have bound. */
  private readonly assigned = new Set<Variable>();

  constructor(names: Names) {
    this.names = names;
    this.dialect = names.dialect;
    this.faults = new Faults(this.dialect, (name) => names.hint?.(name));
    this.block = Block.ofFunction(null, { variables: [], free: new Map() });
  }

  /** Variables that functions bind by `global` may be bound whenever one is called. */
  resolve(main: FunctionNode, { globals, faults }: Program): void {
    this.faults.read(faults);
    for (const name of globals) this.assigned.add(this.block.add(name, this.initialOf(name)));
    this.body(main, this.block);
    this.names.inspect?.(this, this.faults);
    this.faults.throwIfAny();
  }

  /** Where variables may be assigned again, the first assignment replaces what the host or language gave. */
  initialOf(name: string): Variable['initial'] {
    if (!this.dialect.reassignGlobals) return null;
    return this.outsideKind(name);
  }

  membersOf(module: string): readonly string[] | undefined {
    return this.names.membersOf?.(module);
  }

  private outsideKind(name: string): 'predeclared' | 'universal' | null {
    if (this.names.isPredeclared(name)) return 'predeclared';
    return this.names.isUniversal(name) ? 'universal' : null;
  }

  // ── functions and statements ──────────────────────────────────────────────────────────────────

  private function(node: FunctionNode): void {
    for (const { defaultValue } of node.parameters) this.optional(defaultValue);
    for (const { defaultValue } of node.keywordOnly) this.optional(defaultValue);
    this.body(node, Block.ofFunction(this.block, { variables: [], free: new Map() }));
  }

  private body(node: FunctionNode, block: Block): void {
    const outer = this.block;
    this.block = block;
    node.scope = block.scope;
    new Declarations(block, this).declare(node);
    if (block.outer === null) node.assigned.forEach((name) => this.assign(name));
    this.parameters(node);
    this.statements(node.body);
    this.block = outer;
  }

  private parameters({ parameters, keywordOnly, star, starStar }: FunctionNode): void {
    for (const { name } of parameters) this.identifier(name);
    for (const { name } of keywordOnly) this.identifier(name);
    if (star !== null) this.identifier(star);
    if (starStar !== null) this.identifier(starStar);
  }

  private statements(statements: readonly Statement[]): void {
    this.levels++;
    for (const statement of statements) this.statement(statement);
    this.levels--;
  }

  private statement(statement: Statement): void {
    switch (statement.kind) {
      case 'expression':
        this.expression(statement.expression);
        break;
      case 'assign':
        this.expression(statement.value);
        this.target(statement.target);
        statement.more.forEach((each) => this.target(each));
        break;
      case 'augmented-assign':
        this.expression(statement.target);
        this.expression(statement.value);
        this.target(statement.target);
        break;
      case 'def':
        this.target(statement.name);
        this.function(statement.function);
        break;
      case 'if':
        this.if(statement);
        break;
      case 'for':
        this.expression(statement.iterable);
        this.target(statement.target);
        this.detour(statement.body);
        this.statements(statement.orElse);
        break;
      case 'while':
        this.detours++;
        this.expression(statement.condition);
        this.detours--;
        this.detour(statement.body);
        this.statements(statement.orElse);
        break;
      case 'try':
        this.try(statement);
        break;
      case 'raise':
        this.optional(statement.error);
        this.optional(statement.cause);
        break;
      case 'assert':
        this.expression(statement.condition);
        this.optional(statement.message);
        break;
      case 'del':
        this.expressions(statement.targets);
        break;
      case 'import':
        this.import(statement);
        break;
      case 'return':
        this.optional(statement.value);
        break;
      case 'load':
        for (const { local } of statement.bindings) this.target(local);
        break;
      case 'break':
      case 'continue':
      case 'global':
      case 'nonlocal':
      case 'pass':
    }
  }

  private detour(body: readonly Statement[]): void {
    this.detours++;
    this.statements(body);
    this.detours--;
  }

  private if(first: Extract<Statement, { kind: 'if' }>): void {
    let branch = first;
    for (;;) {
      this.expression(branch.condition);
      this.statements(branch.body);
      const [next] = branch.orElse;
      if (next?.kind !== 'if' || branch.orElse.length > 1) break;
      branch = next;
    }
    this.statements(branch.orElse);
  }

  /** What only annotations need has no names. */
  private import({ bindings }: ImportStatement): void {
    for (const { local } of bindings) if (this.block.own(local.name) !== undefined) this.target(local);
  }

  private try({ body, handlers, orElse, finally: ending }: TryStatement): void {
    this.detour(body);
    for (const { name, body: handling } of handlers) {
      if (name !== null) this.target(name);
      this.statements(handling);
    }
    this.statements(orElse);
    this.statements(ending);
  }

  // ── expressions ───────────────────────────────────────────────────────────────────────────────

  private optional(expression: Expression | null): void {
    if (expression !== null) this.expression(expression);
  }

  private expressions(expressions: readonly Expression[]): void {
    for (const expression of expressions) this.expression(expression);
  }

  private expression(expression: Expression): void {
    if (++this.levels > NESTING_LEVELS) throw nestingError(expression.at);
    this.parts(expression);
    this.levels--;
  }

  private parts(expression: Expression): void {
    switch (expression.kind) {
      case 'identifier':
        this.identifier(expression);
        break;
      case 'literal':
        break;
      case 'call':
        this.calls.push(expression);
        this.call(expression);
        break;
      case 'dot':
        this.dots.push(expression);
        this.expression(expression.object);
        break;
      case 'index':
        this.expression(expression.object);
        this.expression(expression.index);
        break;
      case 'slice':
        this.slice(expression);
        break;
      case 'binary':
      case 'logical':
        this.operators(expression);
        break;
      case 'unary':
        this.expression(expression.operand);
        break;
      case 'conditional':
        this.expression(expression.condition);
        this.expression(expression.whenTrue);
        this.expression(expression.whenFalse);
        break;
      case 'list':
      case 'tuple':
      case 'set':
        this.expressions(expression.elements);
        break;
      case 'dict':
        for (const { key, value } of expression.entries) {
          this.optional(key);
          this.expression(value);
        }
        break;
      case 'format-string':
        this.formatParts(expression.parts);
        break;
      case 'lambda':
        this.function(expression.function);
        break;
      case 'comprehension':
        this.comprehension(expression);
        break;
      case 'comparison-chain':
        this.comparisons(expression);
        break;
      case 'assignment':
        this.assignment(expression);
        break;
      case 'star':
        this.expression(expression.value);
    }
  }

  private call(node: CallExpression): void {
    const { callee, positional, named } = node;
    this.expression(callee);
    if (this.dialect.openUniverse) this.misused(nextMisuse(node));
    this.expressions(positional);
    for (const { value } of named) this.expression(value);
  }

  private slice({ object, low, high, step }: SliceExpression): void {
    this.expression(object);
    this.optional(low);
    this.optional(high);
    this.optional(step);
  }

  private operators(last: BinaryExpression | LogicalExpression): void {
    let node = last;
    for (;;) {
      this.expression(node.right);
      const { left } = node;
      if (left.kind !== 'binary' && left.kind !== 'logical') {
        this.expression(left);
        this.comparison(node);
        return;
      }
      this.comparison(node);
      node = left;
    }
  }

  private comparison({ at, operator, left, right }: BinaryExpression | LogicalExpression): void {
    this.misused(identityMisuse(at, operator, left, right));
    if (this.dialect.openUniverse && COMPARE_TYPES.has(operator)) this.misused(...typeMisuses(left, right));
  }

  private misused(...misuses: (Misuse | null)[]): void {
    for (const misuse of misuses) {
      if (misuse !== null) this.faults.syntax(misuse.at, misuse.message, misuse.hint);
    }
  }

  private comparisons({ first, links }: ComparisonChain): void {
    this.expression(first);
    let left = first;
    for (const { at, operator, operand } of links) {
      this.misused(identityMisuse(at, operator, left, operand));
      this.expression(operand);
      left = operand;
    }
  }

  /** The target is a variable of the function, not of a comprehension around. */
  private assignment({ at, target, value }: AssignmentExpression): void {
    this.expression(value);
    this.identifier(target);
    if (this.block.isOfComprehension(target.name)) {
      this.faults.name(at, `:=: got ${target.name}, which the comprehension binds`, 'take another name');
    }
  }

  private formatParts(parts: readonly FormatPart[]): void {
    for (const part of parts) {
      if (typeof part === 'string') continue;
      this.expression(part.expression);
      if (part.spec !== null) this.formatParts(part.spec);
    }
  }

  // ── comprehensions ────────────────────────────────────────────────────────────────────────────

  private comprehension({ clauses, key, body }: Comprehension): void {
    const outer = this.block;
    const inner = Block.ofComprehension(outer);
    for (const clause of clauses) if (clause.kind === 'for') bindTargets(clause.target, inner);
    for (const clause of clauses) {
      this.expression(clause.kind === 'for' ? clause.iterable : clause.condition);
      this.block = inner;
      if (clause.kind === 'for') this.expression(clause.target);
    }
    this.optional(key);
    this.expression(body);
    this.block = outer;
  }

  // ── names ─────────────────────────────────────────────────────────────────────────────────────

  private identifier(identifier: Identifier): void {
    const { name } = identifier;
    identifier.binding = this.block.lookUp(name) ?? this.outsideBinding(name);
    if (identifier.binding === null) {
      this.faults.unknownName(identifier.at, name, this.block, () => this.names.names());
    } else if (this.detours === 0 && this.block.outer === null) {
      this.checkAssigned(identifier, identifier.binding);
    }
  }

  /**
   * Where the script runs straight on, a variable that only later statements bind is never there. In a loop
   * an earlier turn may have bound it, a `try` may want it to fail, and a function may be called later.
   */
  private checkAssigned({ at, name }: Identifier, binding: Binding): void {
    if (binding.kind !== 'local' || !this.dialect.reassignGlobals) return;
    const { variable } = binding;
    if (variable.initial === null && !this.assigned.has(variable)) {
      this.faults.name(at, `got ${name} before anything is assigned to it`);
    }
  }

  /** What is assigned to: its names are bound from here on. */
  private target(target: Expression): void {
    if (this.block.outer === null) this.assign(target);
    this.expression(target);
  }

  private assign(target: Expression): void {
    if (target.kind === 'identifier') {
      const variable = this.block.own(target.name);
      if (variable !== undefined) this.assigned.add(variable);
    } else if (target.kind === 'list' || target.kind === 'tuple') {
      target.elements.forEach((each) => this.assign(each));
    } else if (target.kind === 'star') {
      this.assign(target.value);
    }
  }

  private outsideBinding(name: string): Binding | null {
    const known = this.outside.get(name);
    if (known !== undefined) return known;
    const kind = this.outsideKind(name);
    if (kind === null) return null;
    const binding: Binding = { kind, name };
    this.outside.set(name, binding);
    return binding;
  }
}

const COMPARE_TYPES: ReadonlySet<string> = new Set(['==', '!=', 'is', 'is not', 'in', 'not in']);

function bindTargets(target: Expression, block: Block): void {
  if (target.kind === 'star') bindTargets(target.value, block);
  else if (target.kind === 'identifier') {
    countBinding(block.own(target.name) ?? block.add(target.name, null));
  } else if (target.kind === 'list' || target.kind === 'tuple') {
    for (const element of target.elements) bindTargets(element, block);
  }
}
