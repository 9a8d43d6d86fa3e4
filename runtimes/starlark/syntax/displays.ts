/** What stands in brackets: tuples, lists, dicts, sets, and comprehensions of them. */
import { ArgumentReader } from './arguments.js';
import { checkTarget } from './targets.js';
import { syntaxError } from './syntax-error.js';
import type { Comprehension, ComprehensionClause, DictExpression, Expression } from './tree.js';

type Closing = ')' | ']' | '}';
type DictEntry = DictExpression['entries'][number];

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
    const first = this.test();
    if (this.is('for')) return this.closed(this.generator(at, first), ')');
    if (this.is(',')) return { kind: 'tuple', at, elements: this.rest(first, ')', 'tuple', at) };
    this.close(')', 'parenthesis', "',' or ')'", at);
    return first;
  }

  /** `'[' [Test {',' Test} [',']] ']'`, or a comprehension */
  protected list(): Expression {
    const at = this.take('[', 'list');
    if (this.takeIf(']')) return { kind: 'list', at, elements: [] };
    const first = this.test();
    if (this.is('for')) return this.closed(this.comprehension('list', at, null, first), ']');
    return { kind: 'list', at, elements: this.rest(first, ']', 'list', at) };
  }

  /** `'{' [Entry {',' Entry} [',']] '}'`, a set display, or a comprehension of either */
  protected braces(): Expression {
    const at = this.take('{', 'dict');
    if (this.takeIf('}')) return { kind: 'dict', at, entries: [] };
    const first = this.test();
    return this.is(':') ? this.dict(at, first) : this.set(at, first);
  }

  private dict(at: number, key: Expression): Expression {
    const entry = this.entry(key);
    if (this.is('for')) {
      return this.closed(this.comprehension('dict', at, entry.key, entry.value), '}');
    }
    const entries = [entry];
    while (this.takeIf(',') && !this.is('}')) entries.push(this.entry(this.test()));
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

  /** What follows the first element, and the bracket. */
  private rest(first: Expression, close: Closing, part: string, at: number): Expression[] {
    const elements = [first];
    while (this.takeIf(',') && !this.is(close)) elements.push(this.test());
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
    return this.comprehension('list', at, null, body);
  }

  private comprehension(
    makes: Comprehension['makes'],
    at: number,
    key: Expression | null,
    body: Expression,
  ): Comprehension {
    const clauses: ComprehensionClause[] = [];
    while (this.is('for') || this.is('if')) {
      this.enter();
      clauses.push(this.is('for') ? this.forClause() : this.ifClause());
    }
    for (let left = clauses.length; left > 0; left--) this.leave();
    return { kind: 'comprehension', at, makes, key, body, clauses };
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
    const first = this.primary();
    const target: Expression = this.is(',')
      ? { kind: 'tuple', at, elements: this.loopTargets(first) }
      : first;
    checkTarget(target, 'for');
    return target;
  }

  private loopTargets(first: Expression): Expression[] {
    const elements = [first];
    while (this.takeIf(',')) {
      if (this.is('in')) throw syntaxError(this.start, "for: got 'in' after a comma, want another variable");
      elements.push(this.primary());
    }
    return elements;
  }
}
