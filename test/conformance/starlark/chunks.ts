/**
 * Chunks of a suite's file: scripts of their own, cut by lines of `---`, with the errors that they must
 * raise in comments that begin with `###`.
 *
 * A chunk's source is padded with empty lines, so that its positions are those of the file.
 */

/** An error that must be raised. */
export interface ExpectedError {
  /** From 1, in the file. */
  readonly line: number;
  /** The wordings of the implementations: any will do. */
  readonly wordings: readonly string[];
}

/** One script of a file. */
export interface Chunk {
  /** Of its first line, from 1, in the file. */
  readonly line: number;
  readonly source: string;
  readonly expected: readonly ExpectedError[];
}

/** starlark-go's way: the comment is a Go string with a regular expression, on the line of the error. */
export function readGoChunks(text: string): Chunk[] {
  return cut(text).map(({ line, lines }) => {
    const expected: ExpectedError[] = [];
    lines.forEach((each, index) => {
      const comment = /###\s*(".*"|`.*`)\s*$/.exec(each)?.[1];
      if (comment !== undefined) expected.push({ line: line + index, wordings: [unquoted(comment)] });
    });
    return { line, source: padded(line, lines), expected };
  });
}

/**
 * bazelbuild's way: `### [implementation:] wording` behind the statement that fails, or on lines before it.
 * A chunk has one error at most. Wordings of one implementation alone are what implementations disagree
 * about: Go's word decides.
 */
export function readBazelChunks(text: string): Chunk[] {
  return cut(text).map(({ line, lines }) => {
    const notes = lines.flatMap((each, index) => noteOf(each, index));
    const code = lines.map((each) => NOTE.exec(each)?.groups!.code ?? each);
    return { line, source: padded(line, code), expected: expectedOf(notes, code, line) };
  });
}

const NOTE = /^(?<code>.*?) *### *(?:(?<implementation>go|java|rust):)? *(?<wording>.*?)\s*$/;

interface Note {
  readonly index: number;
  readonly implementation: string | undefined;
  readonly wording: string;
}

function noteOf(text: string, index: number): Note[] {
  const groups = NOTE.exec(text)?.groups;
  if (groups === undefined) return [];
  return [{ index, implementation: groups.implementation, wording: groups.wording! }];
}

function expectedOf(notes: readonly Note[], code: readonly string[], line: number): ExpectedError[] {
  const [first] = notes;
  const due = notes.some(({ implementation }) => implementation === undefined || implementation === 'go');
  if (first === undefined || !due) return [];
  let { index } = first;
  while (index < code.length - 1 && /^\s*(#|$)/.test(code[index]!)) index++;
  return [{ line: line + index, wordings: notes.map(({ wording }) => wording) }];
}

function cut(text: string): { line: number; lines: string[] }[] {
  const chunks: { line: number; lines: string[] }[] = [{ line: 1, lines: [] }];
  text.split(/\r?\n/).forEach((each, index) => {
    if (each.trimEnd() === '---') chunks.push({ line: index + 2, lines: [] });
    else chunks.at(-1)!.lines.push(each);
  });
  return chunks;
}

function padded(line: number, lines: readonly string[]): string {
  return '\n'.repeat(line - 1) + lines.join('\n');
}

/** A Go string literal, plain or raw. */
function unquoted(literal: string): string {
  return literal.startsWith('"') ? (JSON.parse(literal) as string) : literal.slice(1, -1);
}
