/** Statements with blocks, and the whole script. */
import { ASYNC_HABITS, FORM_HABITS, INSTEAD } from './habits.js';
import { SimpleStatementReader } from './simple-statements.js';
import { syntaxError } from './syntax-error.js';
import type { StarlarkError } from '../error.js';
import type {
  AssignStatement,
  DefStatement,
  ErrorHandler,
  Expression,
  ForStatement,
  IfStatement,
  Program,
  Statement,
  TryStatement,
  WhileStatement,
} from './tree.js';

/** One `if` or `elif` with its block. */
interface Branch {
  readonly at: number;
  readonly condition: Expression;
  readonly body: readonly Statement[];
}

/** The first line of a class of errors. */
const OF_ERRORS = /class\s+\w+\s*\(\s*[\w.]*(?:Error|Exception)\s*\)/y;

/** A decorator; `at` is its `@`. */
interface Decorator {
  readonly at: number;
  readonly expression: Expression;
}

/** What the errors of modules are here, where the name alone does not tell. */
const CLASS_OF_MODULE: ReadonlyMap<string, string> = new Map([
  ['re.error', 'ValueError'],
  ['re.PatternError', 'ValueError'],
]);

type ErrorClass = NonNullable<ErrorHandler['classes']>[number];

/** Reads a whole script. */
export class StatementReader extends SimpleStatementReader {
  /** `{Statement | newline} end` */
  program(source: string): Program {
    const body: Statement[] = [];
    this.next();
    while (!this.is('end')) {
      if (!this.takeIf('newline')) this.statement(body);
    }
    const { assigned, globals, returns, faults } = this;
    return { source, body, assigned, globals: [...globals], returns, faults };
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
      case 'try':
        into.push(this.try());
        break;
      case '@':
        into.push(...this.decorated());
        break;
      case 'async':
        into.push(this.async());
        break;
      case 'class':
        throw this.class();
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
    const parameters = this.parameters(')', 'def');
    this.next();
    this.annotation('->');
    const outer = this.assigned;
    const assigned = (this.assigned = []);
    this.functions++;
    const body = this.block('def');
    this.functions--;
    this.assigned = outer;
    return {
      kind: 'def',
      at,
      name,
      function: { at, name: name.name, ...parameters, body, assigned, scope: null },
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
    const body = this.block('for');
    return { kind: 'for', at, target, iterable, body, orElse: this.loopElse() };
  }

  /** `'while' Test Block` */
  private while(): WhileStatement {
    if (!this.dialect.whileLoops) throw this.notInDialect('there is no while', 'write for … in range(…)');
    const at = this.take('while', 'while');
    const condition = this.test();
    const body = this.block('while');
    return { kind: 'while', at, condition, body, orElse: this.loopElse() };
  }

  private loopElse(): readonly Statement[] {
    if (!this.is('else')) return NO_STATEMENTS;
    if (!this.dialect.pythonStatements) throw this.habit(FORM_HABITS.loopElse);
    this.next();
    return this.block('else');
  }

  /** `'try' Block {'except' … Block} ['else' Block] ['finally' Block]` */
  private try(): TryStatement {
    if (!this.dialect.exceptions) throw this.notInDialect('there is no try', INSTEAD.try);
    const at = this.take('try', 'try');
    const body = this.block('try');
    const handlers: ErrorHandler[] = [];
    while (this.is('except')) handlers.push(this.handler(handlers.at(-1)));
    const orElse = handlers.length > 0 && this.takeIf('else') ? this.block('else') : NO_STATEMENTS;
    const ending = this.takeIf('finally') ? this.block('finally') : NO_STATEMENTS;
    if (handlers.length === 0 && ending === NO_STATEMENTS)
      throw this.unexpected('try', "'except' or 'finally'");
    return { kind: 'try', at, body, handlers, orElse, finally: ending };
  }

  /** `'except' [Classes ['as' identifier]] Block` */
  private handler(before: ErrorHandler | undefined): ErrorHandler {
    if (before?.classes === null) throw this.habit(FORM_HABITS.exceptAfterAll);
    const at = this.take('except', 'except');
    if (this.is(':')) return { at, classes: null, name: null, body: this.block('except') };
    const classes = this.errorClasses();
    if (this.is(',')) throw syntaxError(this.start, "except: got ',', want ':'", 'write except (A, B) as e');
    const name = this.takeIf('as') ? this.identifier('except') : null;
    return { at, classes, name, body: this.block('except') };
  }

  /** `Class | '(' Class {',' Class} [','] ')'` */
  private errorClasses(): ErrorClass[] {
    const opening = this.start;
    if (!this.takeIf('(')) return [this.errorClass()];
    const classes: ErrorClass[] = [];
    while (!this.is(')')) {
      classes.push(this.errorClass());
      if (!this.takeIf(',') && !this.is(')')) throw this.notClosed('except', "',' or ')'", opening);
    }
    this.next();
    return classes;
  }

  /** `{identifier '.'} identifier`: the last one counts, but for classes that are called otherwise here */
  private errorClass(): ErrorClass {
    let { name, at } = this.identifier('except');
    let path = name;
    while (this.takeIf('.')) {
      ({ name, at } = this.identifier('except'));
      path += `.${name}`;
    }
    return { name: CLASS_OF_MODULE.get(path) ?? name, at };
  }

  private class(): StarlarkError {
    OF_ERRORS.lastIndex = this.start;
    const isOfErrors = this.dialect.exceptions && OF_ERRORS.test(this.source);
    return isOfErrors ? this.habit(FORM_HABITS.errorClass) : this.unexpected('statement', 'a statement');
  }

  // ── def with something before it ──────────────────────────────────────────────────────────────

  /** `{'@' Test newline} Def`: the function, and its name assigned again for the decorators */
  private decorated(): Statement[] {
    const decorators: Decorator[] = [];
    if (!this.dialect.pythonStatements) throw this.habit(FORM_HABITS.decorator);
    while (this.is('@')) {
      const at = this.take('@', 'decorator');
      decorators.push({ at, expression: this.test() });
      this.take('newline', 'decorator');
    }
    if (!this.is('def') && !this.is('async')) throw this.unexpected('decorator', "'def'");
    const def = this.is('def') ? this.def() : this.async();
    return [def, decoration(def, decorators)];
  }

  /** `'async' Def`: a call waits anyway */
  private async(): DefStatement {
    const at = this.start;
    if (!this.dialect.pythonStatements) throw this.unexpected('statement', 'a statement');
    this.next();
    const habit = ASYNC_HABITS.get(this.token);
    if (habit !== undefined) throw this.habit(habit, at);
    return this.def();
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
}

function decoration({ name: { name, at } }: DefStatement, decorators: readonly Decorator[]): AssignStatement {
  const identifier = (): Expression => ({ kind: 'identifier', at, name, binding: null });
  let value: Expression = identifier();
  for (const { at: place, expression } of decorators.toReversed()) {
    const parts = { positional: [value], named: [] };
    value = { kind: 'call', at: place, callee: expression, ...parts };
  }
  return { kind: 'assign', at: decorators[0]!.at, target: identifier(), more: [], value };
}

const NO_STATEMENTS: readonly Statement[] = [];
