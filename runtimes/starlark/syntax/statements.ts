/** Statements and blocks. */
import { ExpressionReader } from './expressions.js';
import { FORM_HABITS, habitOfName } from './habits.js';
import { syntaxError } from './syntax-error.js';
import { checkSingleTarget, checkTarget } from './targets.js';
import type { StarlarkError } from '../error.js';
import type { Token } from './token.js';
import type {
  ArithmeticOperator,
  DefStatement,
  Expression,
  ForStatement,
  Identifier,
  IfStatement,
  LoadStatement,
  Program,
  ReturnStatement,
  Statement,
  WhileStatement,
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

/** One `if` or `elif` with its block. */
interface Branch {
  readonly at: number;
  readonly condition: Expression;
  readonly body: readonly Statement[];
}

type LoadBinding = LoadStatement['bindings'][number];

/** Reads a whole script. */
export class StatementReader extends ExpressionReader {
  /** `{Statement | newline} end` */
  program(): Omit<Program, 'source'> {
    const body: Statement[] = [];
    this.next();
    while (!this.is('end')) {
      if (!this.takeIf('newline')) this.statement(body);
    }
    return { body, assigned: this.assigned };
  }

  private statement(into: Statement[]): void {
    switch (this.token) {
      case 'def':
        into.push(this.def());
        break;
      case 'if':
        into.push(this.if());
        break;
      case 'for':
        into.push(this.for());
        break;
      case 'while':
        into.push(this.while());
        break;
      default:
        this.simpleStatements(into);
    }
  }

  // ── compound statements ───────────────────────────────────────────────────────────────────────

  /** `'def' identifier '(' Parameters ')' ['->' Test] Block` */
  private def(): DefStatement {
    const at = this.take('def', 'def');
    const name = this.identifier('def');
    this.take('(', 'def');
    const { parameters, keywordOnly, star, starStar } = this.parameters(')', 'def');
    this.next();
    this.annotation('->');
    const outer = this.assigned;
    const assigned = (this.assigned = []);
    const body = this.block('def');
    this.assigned = outer;
    return {
      kind: 'def',
      at,
      name,
      function: { at, name: name.name, parameters, keywordOnly, star, starStar, body, assigned, scope: null },
    };
  }

  /** `'if' Test Block {'elif' Test Block} ['else' Block]` */
  private if(): IfStatement {
    const branches = [this.branch('if')];
    while (this.is('elif')) branches.push(this.branch('elif'));
    let orElse: readonly Statement[] = this.is('else') ? this.else() : [];
    for (let index = branches.length - 1; index > 0; index--)
      orElse = [{ kind: 'if', ...branches[index]!, orElse }];
    return { kind: 'if', ...branches[0]!, orElse };
  }

  private branch(word: 'if' | 'elif'): Branch {
    const at = this.take(word, word);
    const condition = this.test();
    return { at, condition, body: this.block(word) };
  }

  private else(): Statement[] {
    this.take('else', 'else');
    if (this.is('if')) throw this.habit(FORM_HABITS.elseIf);
    return this.block('else');
  }

  /** `'for' LoopVariables 'in' Expression Block` */
  private for(): ForStatement {
    const at = this.take('for', 'for');
    const target = this.loopTarget();
    this.take('in', 'for');
    const iterable = this.expression();
    return { kind: 'for', at, target, iterable, body: this.loopBlock('for') };
  }

  /** `'while' Test Block` */
  private while(): WhileStatement {
    if (!this.dialect.whileLoops) throw this.notInDialect('there is no while', 'write for … in range(…)');
    const at = this.take('while', 'while');
    const condition = this.test();
    return { kind: 'while', at, condition, body: this.loopBlock('while') };
  }

  private loopBlock(part: string): Statement[] {
    const body = this.block(part);
    if (this.is('else')) throw this.habit(FORM_HABITS.loopElse);
    return body;
  }

  /** `':' (newline indent {Statement} outdent | SimpleStatements)` */
  private block(part: string): Statement[] {
    const body: Statement[] = [];
    this.take(':', part);
    this.enter();
    if (this.takeIf('newline')) this.indented(body, part);
    else this.simpleStatements(body);
    this.leave();
    return body;
  }

  private indented(into: Statement[], part: string): void {
    if (!this.takeIf('indent')) {
      throw syntaxError(
        this.start,
        `${part}: got no indented block`,
        'indent the lines of the block; an empty one is pass',
      );
    }
    while (!this.is('outdent') && !this.is('end')) this.statement(into);
    this.takeIf('outdent');
  }

  // ── simple statements ─────────────────────────────────────────────────────────────────────────

  /** `SimpleStatement {';' SimpleStatement} [';'] newline` */
  private simpleStatements(into: Statement[]): void {
    do into.push(this.simpleStatement());
    while (this.takeIf(';') && !this.endsLine());
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
      default:
        return this.expressionOrAssignment();
    }
  }

  /** `'return' [Expression]` */
  private return(): ReturnStatement {
    const at = this.take('return', 'return');
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
    checkTarget(target, 'assignment');
    const at = this.take('=', 'assignment');
    const value = this.expression();
    if (this.is('=')) throw this.habit(FORM_HABITS.chainedAssignment);
    return { kind: 'assign', at, target, value };
  }

  private augmentedAssignment(target: Expression, operator: ArithmeticOperator): Statement {
    const at = this.start;
    if (operator === '**' && !this.dialect.pythonExpressions)
      throw this.unexpected('statement', 'end of line');
    checkSingleTarget(target, 'assignment');
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

  // ── load ──────────────────────────────────────────────────────────────────────────────────────

  /** `'load' '(' string {',' [identifier '='] string} [','] ')'` */
  private load(): LoadStatement {
    const at = this.start;
    this.next();
    if (!this.is('('))
      throw syntaxError(at, "load: got no '(', want it", 'load is a word of the language, not a name');
    this.next();
    const module = this.string('the name of a module in quotes');
    const bindings: LoadBinding[] = [];
    while (this.takeIf(',') && !this.is(')')) bindings.push(this.loadBinding());
    if (bindings.length === 0) throw syntaxError(this.start, 'load: got no names, want at least one');
    this.take(')', 'load');
    return { kind: 'load', at, module, bindings };
  }

  private loadBinding(): LoadBinding {
    const at = this.start;
    if (!this.is('name')) {
      const name = this.string('"name" or local = "name"');
      return { local: { kind: 'identifier', at, name, binding: null }, name };
    }
    const local: Identifier = this.identifier('load');
    if (!this.takeIf('=')) throw this.unexpected('load', `"${local.name}" or ${local.name} = "name"`);
    return { local, name: this.string('the name in quotes') };
  }

  private string(want: string): string {
    const { value } = this;
    if (!this.is('string') || typeof value !== 'string') throw this.unexpected('load', want);
    this.next();
    return value;
  }
}

/** The expression that ends a simple statement. */
function lastExpression(statement: Statement): Expression | null {
  if (statement.kind === 'expression') return statement.expression;
  return statement.kind === 'assign' || statement.kind === 'return' ? statement.value : null;
}
