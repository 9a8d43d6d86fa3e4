/** Statements of one line. */
import { FORM_HABITS, habitOfName, INSTEAD } from './habits.js';
import { ImportReader } from './imports.js';
import { syntaxError } from './syntax-error.js';
import { checkSingleTarget, checkTarget, kindOf } from './targets.js';
import type { StarlarkError } from '../error.js';
import type { Token } from './token.js';
import type {
  ArithmeticOperator,
  AssertStatement,
  DelStatement,
  Expression,
  Identifier,
  RaiseStatement,
  ReturnStatement,
  ScopeStatement,
  Statement,
} from './tree.js';

/** Operators by the token that assigns with them. */
const AUGMENTED: ReadonlyMap<Token, ArithmeticOperator> = new Map([
  ['+=', '+'],
  ['-=', '-'],
  ['*=', '*'],
  ['**=', '**'],
  ['/=', '/'],
  ['//=', '//'],
  ['%=', '%'],
  ['&=', '&'],
  ['|=', '|'],
  ['^=', '^'],
  ['<<=', '<<'],
  ['>>=', '>>'],
] satisfies [Token, ArithmeticOperator][]);

/** What follows the name `assert` where it is a name like any other. */
const NAMED_ASSERT = /[ \t]*(?:[.,:;)\]}\r\n\0]|[-+*/%&|^]?=(?!=))/y;

/** Reads the lines of a block. */
export abstract class SimpleStatementReader extends ImportReader {
  /** The names that `global` statements name. */
  protected readonly globals = new Set<string>();
  /** Functions around the statement that is being read. */
  protected functions = 0;
  /** Whether a `return` stood outside of functions. */
  protected returns = false;

  /** `SimpleStatement {';' SimpleStatement} [';'] newline` */
  protected simpleStatements(into: Statement[]): void {
    do {
      if (this.is('import')) into.push(...this.import());
      else into.push(this.simpleStatement());
    } while (this.takeIf(';') && !this.endsLine());
    if (!this.endsLine()) throw this.noLineEnd(into.at(-1)!);
    this.takeIf('newline');
  }

  private endsLine(): boolean {
    return this.is('newline') || this.is('end');
  }

  private noLineEnd(last: Statement): StarlarkError {
    const word = lastExpression(last);
    const habit = word?.kind === 'identifier' ? habitOfName(word.name) : undefined;
    return habit === undefined ? this.unexpected('statement', 'end of line') : this.habit(habit, word?.at);
  }

  private simpleStatement(): Statement {
    const at = this.start;
    switch (this.token) {
      case 'return':
        return this.return();
      case 'break':
      case 'continue':
      case 'pass': {
        const kind = this.token;
        this.next();
        return { kind, at };
      }
      case 'load':
        return this.load();
      case '.':
        return this.ellipsisStatement();
      case 'raise':
      case 'del':
      case 'global':
      case 'nonlocal':
      case 'from':
        return this.pythonStatement(this.token);
      default:
        return this.isAssert() ? this.assert() : this.expressionOrAssignment();
    }
  }

  /** `...`, which does nothing */
  private ellipsisStatement(): Statement {
    const at = this.start;
    if (!this.dialect.pythonStatements || !this.takeEllipsis()) return this.expressionOrAssignment();
    return { kind: 'pass', at };
  }

  /** `'return' [Expression]` */
  private return(): ReturnStatement {
    const at = this.take('return', 'return');
    if (this.functions === 0) this.returns = true;
    const value = this.endsLine() || this.is(';') ? null : this.expression();
    return { kind: 'return', at, value };
  }

  /** `Expression [[':' Test] '=' Expression | op '=' Expression]` */
  private expressionOrAssignment(): Statement {
    const start = this.start;
    const expression = this.expression();
    const operator = AUGMENTED.get(this.token);
    if (operator !== undefined) return this.augmentedAssignment(expression, operator);
    if (this.is(':') && this.annotated(expression) && !this.is('=')) return { kind: 'pass', at: start };
    if (this.is('=')) return this.assignment(expression);
    return { kind: 'expression', at: start, expression };
  }

  private assignment(target: Expression): Statement {
    checkTarget(target, 'assignment', this.faults);
    const at = this.take('=', 'assignment');
    const value = this.expression();
    return this.is('=')
      ? this.chainedAssignment(target, at, value)
      : { kind: 'assign', at, target, more: NO_TARGETS, value };
  }

  private chainedAssignment(target: Expression, at: number, second: Expression): Statement {
    if (!this.dialect.pythonStatements) throw this.habit(FORM_HABITS.chainedAssignment);
    const more: Expression[] = [];
    let value = second;
    while (this.is('=')) {
      checkTarget(value, 'assignment', this.faults);
      more.push(value);
      this.next();
      value = this.expression();
    }
    return { kind: 'assign', at, target, more, value };
  }

  private augmentedAssignment(target: Expression, operator: ArithmeticOperator): Statement {
    const at = this.start;
    if (operator === '**' && !this.dialect.pythonExpressions)
      throw this.unexpected('statement', 'end of line');
    checkSingleTarget(target, 'assignment', this.faults);
    this.next();
    return { kind: 'augmented-assign', at, operator, target, value: this.expression() };
  }

  /** Reads the annotation of a variable; false where the colon cannot begin one. */
  private annotated(target: Expression): boolean {
    const { kind } = target;
    if (kind !== 'identifier' && kind !== 'dot' && kind !== 'index') return false;
    if (this.source.startsWith(':=', this.start)) throw this.unexpected('statement', 'end of line');
    this.annotation(':');
    return true;
  }

  // ── statements of Python ──────────────────────────────────────────────────────────────────────

  private pythonStatement(word: 'raise' | 'del' | 'from' | ScopeStatement['kind']): Statement {
    if (this.assigns()) throw this.wordAsName('expression');
    if (word === 'raise') return this.raise();
    if (word === 'del') return this.del();
    return word === 'from' ? this.from() : this.scope(word);
  }

  /** `'raise' [Test ['from' Test]]` */
  private raise(): RaiseStatement {
    if (!this.dialect.exceptions) throw this.notInDialect('there is no raise', INSTEAD.raise);
    const at = this.take('raise', 'raise');
    const error = this.endsLine() || this.is(';') ? null : this.test();
    const cause = error !== null && this.takeIf('from') ? this.test() : null;
    return { kind: 'raise', at, error, cause };
  }

  /** `assert` is no word of the language: it may be a name, too. */
  private isAssert(): boolean {
    if (!this.is('name') || this.name !== 'assert' || !this.dialect.exceptions) return false;
    NAMED_ASSERT.lastIndex = this.at;
    return !NAMED_ASSERT.test(this.source);
  }

  /** `'assert' Test [',' Test]` */
  private assert(): AssertStatement {
    const at = this.start;
    this.next();
    const condition = this.test();
    return { kind: 'assert', at, condition, message: this.takeIf(',') ? this.test() : null };
  }

  /** `'del' Expression` */
  private del(): DelStatement {
    if (!this.dialect.pythonStatements) throw this.notInDialect('there is no del', INSTEAD.del);
    const at = this.take('del', 'del');
    return { kind: 'del', at, targets: removed(this.expression()) };
  }

  /** `('global' | 'nonlocal') identifier {',' identifier}` */
  private scope(kind: ScopeStatement['kind']): ScopeStatement {
    if (!this.dialect.pythonStatements) throw this.notInDialect(`there is no ${kind}`, INSTEAD.scope);
    const at = this.take(kind, kind);
    const names: Identifier[] = [];
    do names.push(this.identifier(kind));
    while (this.takeIf(','));
    if (kind === 'global') for (const { name } of names) this.globals.add(name);
    return { kind, at, names };
  }
}

/** The expression that ends a simple statement. */
function lastExpression(statement: Statement): Expression | null {
  if (statement.kind === 'expression') return statement.expression;
  return statement.kind === 'assign' || statement.kind === 'return' ? statement.value : null;
}

/** What `del` takes out: elements and slices, also of several collections. */
function removed(target: Expression): DelStatement['targets'][number][] {
  if (target.kind === 'tuple' || target.kind === 'list') return target.elements.flatMap(removed);
  if (target.kind === 'index' || target.kind === 'slice') return [target];
  throw syntaxError(target.at, `del: got ${kindOf(target)}, want an element: x[i] or x[low:high]`, KEPT);
}

const NO_TARGETS: readonly Expression[] = [];

const KEPT = 'leave it out: variables need no deleting';
