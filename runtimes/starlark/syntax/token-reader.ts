/** What every part of the grammar needs of the tokens: to take one, to fail at one, to count levels. */
import { habitAt, wordHint, type Habit } from './habits.js';
import { hintIn } from './hint.js';
import { NESTING_LEVELS, nestingError } from './nesting.js';
import { positionOf } from './position.js';
import { Scanner } from './scanner.js';
import { syntaxError } from './syntax-error.js';
import { describeToken, WORDS, type Token } from './token.js';
import type { StarlarkError } from '../error.js';
import type { Dialect } from './dialect.js';
import type { Identifier } from './tree.js';

const ASSIGNS = /[ \t]*=(?!=)/y;

/** A scanner that knows what is wanted. */
export class TokenReader extends Scanner {
  /** What was read but may not stand so. */
  readonly faults: StarlarkError[] = [];
  protected readonly dialect: Dialect;
  private levels = 0;

  constructor(source: string, dialect: Dialect) {
    super(source);
    this.dialect = dialect;
  }

  /** Steps over this token, and answers where it began; fails at any other. `part` names what is being read. */
  protected take(token: Token, part: string): number {
    const at = this.start;
    if (this.token !== token) throw this.unexpected(part, describeToken(token));
    this.next();
    return at;
  }

  /** Steps over this token if it is the current one. */
  protected takeIf(token: Token): boolean {
    if (this.token !== token) return false;
    this.next();
    return true;
  }

  protected identifier(part: string): Identifier {
    const { start: at, name } = this;
    if (WORDS.has(this.token)) throw this.wordAsName(part);
    this.take('name', part);
    return { kind: 'identifier', at, name, binding: null };
  }

  /** The error for a token that cannot stand here. `operand` says that an expression was wanted. */
  protected unexpected(part: string, want: string, operand = false, hint?: string): StarlarkError {
    if (WORDS.has(this.token) && this.assigns()) return this.wordAsName(part);
    const habit = habitAt(this.source, this.token, this.start, operand);
    if (habit !== undefined) return this.habit(habit);
    return syntaxError(
      this.start,
      `${part}: got ${describeToken(this.token, this.name)}, want ${want}`,
      hint,
    );
  }

  /** The error for a token that cannot stand in a bracket, which was opened at `opening`. */
  protected notClosed(part: string, want: string, opening: number): StarlarkError {
    const { line } = positionOf(this.source, opening);
    const later = line < positionOf(this.source, this.start).line;
    const hint = later ? `the ${this.source.charAt(opening)} of line ${line} is still open` : undefined;
    return this.unexpected(part, want, false, hint);
  }

  /** The error for a word of the language where a name is wanted. */
  protected wordAsName(part: string): StarlarkError {
    const message = `${part}: got '${this.token}', want a name that is no word of the language`;
    return syntaxError(this.start, message, wordHint(this.token));
  }

  /** Notes what can be read but may not stand so; reading goes on. */
  protected fault(at: number, message: string, hint?: string): void {
    this.faults.push(syntaxError(at, message, hint));
  }

  /** Whether an `=` follows the token. */
  protected assigns(): boolean {
    ASSIGNS.lastIndex = this.at;
    return ASSIGNS.test(this.source);
  }

  /** The error for a habit, at the current token or another place. */
  protected habit(habit: Habit, at = this.start): StarlarkError {
    return syntaxError(at, `script: ${habit.message}`, hintIn(this.dialect, habit.hint));
  }

  /** The error for a form that the dialect lacks. */
  protected notInDialect(form: string, hint: string, at = this.start): StarlarkError {
    return syntaxError(at, `script: ${form} in this dialect`, hint);
  }

  /** Goes one level down; every call has its {@link leave}, but for an error. */
  protected enter(): void {
    if (++this.levels > NESTING_LEVELS) throw nestingError(this.start);
  }

  protected leave(): void {
    this.levels--;
  }
}
