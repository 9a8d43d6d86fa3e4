/** What stands in brackets: tuples, lists, dicts, sets, and comprehensions of them. */
import { ArgumentReader } from './arguments.js';
import { checkTarget } from './targets.js';
import { syntaxError } from './syntax-error.js';
import type { StarlarkError } from '../error.js';
import type { Comprehension, ComprehensionClause, DictEntry, Expression } from './tree.js';

type Closing = ')' | ']' | '}';

/** Reads bracketed expressions. */
export abstract class DisplayReader extends ArgumentReader {
  /** An expression without a conditional or lambda. */
  protected abstract operand(): Expression;
  /** An expression without a conditional. */
  protected abstract condition(): Expression;
  /** A name, literal or bracket with its suffixes. */
  protected abstract primary(): Expression;

  /** `'(' [Test {',' Test} [',']] ')'`, or a generator expression */
  protected parenthesis(): Expression {
    const at = this.take('(', 'parenthesis');
    if (this.takeIf(')')) return { kind: 'tuple', at, elements: [] };
    const first = this.element();
    if (this.is('for')) return this.closed(this.generator(at, first), ')');
    if (this.is(',')) return { kind: 'tuple', at, elements: this.rest(first, ')', 'tuple', at) };
    if (first.kind === 'star') throw this.starAlone(first);
    this.close(')', 'parenthesis', "',' or ')'", at);
    return first;
  }

  /** `'[' [Test {',' Test} [',']] ']'`, or a comprehension */
  protected list(): Expression {
    const at = this.take('[', 'list');
    if (this.takeIf(']')) return { kind: 'list', at, elements: [] };
    const first = this.element();
    if (this.is('for')) return this.closed(this.comprehension('list', at, null, first), ']');
    return { kind: 'list', at, elements: this.rest(first, ']', 'list', at) };
  }

  /** `'{' [Entry {',' Entry} [',']] '}'`, a set display, or a comprehension of either */
  protected braces(): Expression {
    const at = this.take('{', 'dict');
    if (this.takeIf('}')) return { kind: 'dict', at, entries: [] };
    if (this.spreads('**')) return this.dict(at, this.spreadEntry());
    const first = this.element();
    return this.is(':') ? this.dict(at, this.entry(first)) : this.set(at, first);
  }

  private dict(at: number, first: DictEntry): Expression {
    if (this.is('for') && first.key !== null) {
      return this.closed(this.comprehension('dict', at, first.key, first.value), '}');
    }
    const entries = [first];
    while (this.takeIf(',') && !this.is('}')) {
      entries.push(this.spreads('**') ? this.spreadEntry() : this.entry(this.test()));
    }
    this.close('}', 'dict', "',' or '}'", at);
    return { kind: 'dict', at, entries };
  }

  private set(at: number, first: Expression): Expression {
    if (!this.dialect.sets)
      throw this.notInDialect('there are no set displays', 'write set([…]), or key: value', at);
    if (this.is('for')) return this.closed(this.comprehension('set', at, null, first), '}');
    return { kind: 'set', at, elements: this.rest(first, '}', 'set', at) };
  }

  /** `':' Test`, behind its key */
  private entry(key: Expression): DictEntry {
    const at = this.take(':', 'dict');
    return { key, value: this.test(), at };
  }

  /** `'**' Operand` */
  private spreadEntry(): DictEntry {
    const at = this.take('**', 'dict');
    return { key: null, value: this.operand(), at };
  }

  /** `Test | '*' Operand` */
  protected element(): Expression {
    if (!this.spreads('*')) return this.test();
    const at = this.take('*', 'element');
    return { kind: 'star', at, value: this.operand() };
  }

  /** Whether this token begins what is spread into its surroundings. */
  protected spreads(token: '*' | '**'): boolean {
    return this.is(token) && this.dialect.pythonExpressions;
  }

  protected starAlone({ at }: Expression): StarlarkError {
    return syntaxError(
      at,
      'star: got one alone, want it in a list, tuple, set or call',
      'write [*x] or list(x)',
    );
  }

  /** What follows the first element, and the bracket. */
  private rest(first: Expression, close: Closing, part: string, at: number): Expression[] {
    const elements = [first];
    while (this.takeIf(',') && !this.is(close)) elements.push(this.element());
    this.close(close, part, `',' or '${close}'`, at);
    return elements;
  }

  private closed(comprehension: Comprehension, close: Closing): Comprehension {
    this.close(close, 'comprehension', `for, if or '${close}'`, comprehension.at);
    return comprehension;
  }

  private close(close: Closing, part: string, want: string, at: number): void {
    if (!this.takeIf(close)) throw this.notClosed(part, want, at);
  }

  // ── comprehensions ────────────────────────────────────────────────────────────────────────────

  protected override generator(at: number, body: Expression): Comprehension {
    if (!this.dialect.generators) {
      throw this.notInDialect('there are no generator expressions', 'write [… for …]');
    }
    return { ...this.comprehension('list', at, null, body), generator: true };
  }

  private comprehension(
    makes: Comprehension['makes'],
    at: number,
    key: Expression | null,
    body: Expression,
  ): Comprehension {
    if (body.kind === 'star') throw this.starAlone(body);
    const clauses: ComprehensionClause[] = [];
    while (this.is('for') || this.is('if')) {
      this.enter();
      clauses.push(this.is('for') ? this.forClause() : this.ifClause());
    }
    for (let left = clauses.length; left > 0; left--) this.leave();
    return { kind: 'comprehension', generator: false, at, makes, key, body, clauses };
  }

  /** `'for' LoopVariables 'in' Operand` */
  private forClause(): ComprehensionClause {
    const at = this.take('for', 'comprehension');
    const target = this.loopTarget();
    this.take('in', 'comprehension');
    return { kind: 'for', at, target, iterable: this.operand() };
  }

  /** `'if' Condition` */
  private ifClause(): ComprehensionClause {
    const at = this.take('if', 'comprehension');
    return { kind: 'if', at, condition: this.condition() };
  }

  /** `Primary {',' Primary}`, of a loop or clause */
  protected loopTarget(): Expression {
    const at = this.start;
    const first = this.loopVariable();
    const target: Expression = this.is(',')
      ? { kind: 'tuple', at, elements: this.loopTargets(first) }
      : first;
    checkTarget(target, 'for', this.faults);
    return target;
  }

  private loopTargets(first: Expression): Expression[] {
    const elements = [first];
    while (this.takeIf(',')) {
      if (this.is('in')) throw syntaxError(this.start, "for: got 'in' after a comma, want another variable");
      elements.push(this.loopVariable());
    }
    return elements;
  }

  private loopVariable(): Expression {
    if (!this.spreads('*')) return this.primary();
    const at = this.take('*', 'for');
    return { kind: 'star', at, value: this.primary() };
  }
}
