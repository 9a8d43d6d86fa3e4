/**
 * The text that Monty is given: what a script finds at hand, then the script, its answer marked.
 *
 * The answer of a script is the value of a `return` at top level, else of an expression as its last statement.
 * That expression is put into a call which makes JSON text of it, inside the sandbox and under its limits:
 * values that leave it in another way are copied by the host without any. Positions are told in the text as it
 * was sent.
 */
import type { Position } from '../../../core/index.js';
import { statementsOf } from './source-scan.js';
import type { Statement } from './source-scan.js';

/** A text in two parts, and the way back from its positions. */
export class FramedScript {
  readonly text: string;
  readonly #linesBefore: number;
  /** By line of the script, the columns before which something was put, and how much. */
  readonly #put = new Map<number, Put[]>();

  /** `answer` is the name of the function that takes the answer. */
  constructor(before: string, source: string, answer: string) {
    const lines = new LineMap(source);
    const parts: string[] = [];
    let done = 0;
    const put = (at: number, text: string): void => {
      parts.push(source.slice(done, at), text);
      done = at;
      const { line, column } = lines.positionOf(at);
      this.#put.set(line, [...(this.#put.get(line) ?? []), { column, width: text.length }]);
    };
    const spans = answerSpans(source);
    for (const { start, end, isAlone } of spans) {
      put(start, `${isAlone ? '' : ' '}${answer}((`);
      put(end, '))');
    }
    parts.push(source.slice(done), spans.some(({ isAlone }) => isAlone) ? '' : '\nNone');
    this.#linesBefore = before === '' ? 0 : before.split('\n').length - 1;
    this.text = `${before}${parts.join('')}`;
  }

  /** The place in the script that was sent; undefined for one before it. */
  positionOf(line: number, column: number): Position | undefined {
    const own = line - this.#linesBefore;
    if (own < 1) return undefined;
    let before = 0;
    for (const put of this.#put.get(own) ?? []) {
      if (put.column + before >= column) break;
      before += Math.min(put.width, column - before - put.column);
    }
    return { line: own, column: column - before };
  }

  /** The same, for a line whose indentation is not shown; `offset` counts from the first sign of what is. */
  positionIn(line: number, shown: string, offset: number): Position | undefined {
    const text = this.text.split(/\r\n|\r|\n/)[line - 1] ?? '';
    const indent = Math.max(0, text.indexOf(shown));
    return this.positionOf(line, indent + offset + 1);
  }
}

interface Put {
  readonly column: number;
  readonly width: number;
}

interface Span {
  readonly start: number;
  readonly end: number;
  /** An expression that is a statement; else it follows `return`. */
  readonly isAlone: boolean;
}

const RETURN = 'return';
/** First words of statements that are no expression. */
const STATEMENT_WORDS: ReadonlySet<string> = new Set(
  (
    'assert async break class continue def del elif else except finally for from global if import nonlocal pass ' +
    'raise return try while with'
  ).split(' '),
);

function answerSpans(source: string): Span[] {
  const statements = statementsOf(source);
  const spans: Span[] = [];
  const functions: number[] = [];
  let [indent, isInFunctionLine] = [0, false];
  for (const statement of statements) {
    if (statement.indent !== null) {
      indent = statement.indent;
      while (functions.length > 0 && functions.at(-1)! >= indent) functions.pop();
      isInFunctionLine = opensFunction(statement, source);
      if (isInFunctionLine) functions.push(indent);
    }
    const isTop = functions.length === 0 && !isInFunctionLine;
    const span = isTop ? returned(statement, source) : undefined;
    if (span !== undefined) spans.push(span);
  }
  const last = statements.at(-1);
  const isAnswer =
    last !== undefined && indent === 0 && functions.length === 0 && isExpression(last, statements);
  return isAnswer ? [...spans, { start: last.start, end: last.end, isAlone: true }] : spans;
}

function opensFunction({ word, start, end }: Statement, source: string): boolean {
  return (
    word === 'def' ||
    word === 'class' ||
    (word === 'async' && /^async\s+def\b/.test(source.slice(start, end)))
  );
}

function returned({ returnAt, end }: Statement, source: string): Span | undefined {
  if (returnAt === null) return undefined;
  const value = source.slice(returnAt + RETURN.length, end);
  const start = end - value.trimStart().length;
  return start === end ? undefined : { start, end, isAlone: false };
}

/** What stands behind a colon in one line (`if x: y`) is none. */
function isExpression(statement: Statement, statements: readonly Statement[]): boolean {
  if (statement.isMarked || statement.returnAt !== null || STATEMENT_WORDS.has(statement.word)) return false;
  if (statement.indent !== null) return true;
  const head = statements.findLast(({ indent }) => indent !== null);
  return head === undefined || !(STATEMENT_WORDS.has(head.word) && head.isMarked);
}

/** Where the lines of a text begin. */
class LineMap {
  #line = 1;
  #lineStart = 0;

  constructor(private readonly text: string) {}

  /** Asked for offsets in rising order. */
  positionOf(offset: number): Position {
    const lineEnd = /\r\n|\r|\n/g;
    lineEnd.lastIndex = this.#lineStart;
    for (
      let end = lineEnd.exec(this.text);
      end !== null && end.index < offset;
      end = lineEnd.exec(this.text)
    ) {
      this.#line += 1;
      this.#lineStart = end.index + end[0].length;
    }
    return { line: this.#line, column: Array.from(this.text.slice(this.#lineStart, offset)).length + 1 };
  }
}
