/**
 * Which call the cursor is in, read from the text before it. It looks for brackets, quotes, comments and
 * commas only, so that it works in text that is not finished: that is when help is wanted.
 */
import type { Spelling } from './language.js';

/** The call that is being written. */
export interface CallAt {
  /** As it is written, `tools.` left out. */
  readonly name: string;
  /** Where its arguments begin, behind the parenthesis. */
  readonly from: number;
  /** Which positional argument is being written, from 0; where there are names, it may mean nothing. */
  readonly argument: number;
  /** The parameter whose value is being written. */
  readonly parameter?: string;
  /** Parameters that were named before the cursor. */
  readonly given: readonly string[];
  /** Whether a parameter's name may be begun here. */
  readonly atName: boolean;
}

/** Text before the cursor that is looked at. */
const FARTHEST = 20_000;

interface Open {
  readonly sign: string;
  readonly name: string;
  readonly from: number;
  commas: number;
  /** Where the argument began that is being written. */
  begin: number;
  given: string[];
}

/** The innermost call around the end of this text that has a name; undefined outside of calls. */
export function callAt(before: string, spelling: Spelling): CallAt | undefined {
  const start = Math.max(0, before.length - FARTHEST);
  const text = before.slice(start);
  const { open, quoted } = brackets(text, spelling);
  const found = spelling === 'python' ? pythonCall(open) : javascriptCall(open);
  if (found === undefined) return undefined;
  const { call, names } = found;
  const written = text.slice(names.begin);
  const parameter = named(written, spelling);
  return {
    name: call.name,
    from: start + call.from,
    argument: call.commas,
    ...(parameter !== undefined && { parameter }),
    given: names.given,
    atName:
      !quoted &&
      parameter === undefined &&
      (spelling === 'python' || names.sign === '{') &&
      /^\s*["']?[\w$]*$/.test(written),
  };
}

/** Python names parameters in the parenthesis itself. */
function pythonCall(open: readonly Open[]): { call: Open; names: Open } | undefined {
  const last = open.at(-1);
  return last?.sign === '(' && last.name !== '' ? { call: last, names: last } : undefined;
}

/** JavaScript names them in an object that is the first argument. */
function javascriptCall(open: readonly Open[]): { call: Open; names: Open } | undefined {
  const last = open.at(-1);
  if (last?.sign === '(' && last.name !== '') return { call: last, names: last };
  const outer = open.at(-2);
  const isFirst = last?.sign === '{' && outer?.sign === '(' && outer.name !== '' && outer.commas === 0;
  return isFirst ? { call: outer, names: last } : undefined;
}

/** The brackets that are open at the end of a text, and whether it ends within quotes. */
function brackets(text: string, spelling: Spelling): { open: Open[]; quoted: boolean } {
  const open: Open[] = [];
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] ?? '';
    const skipped = skip(text, at, spelling);
    if (skipped === Infinity) return { open, quoted: true };
    if (skipped > at) {
      passOver(open.at(-1), text, at, skipped);
      at = skipped - 1;
    } else if (sign === '(' || sign === '[' || sign === '{') open.push(opened(text, at, sign));
    else if (sign === ')' || sign === ']' || sign === '}') open.pop();
    else if (sign === ',') nextArgument(open.at(-1), text, at, spelling);
  }
  return { open, quoted: false };
}

/** An argument begins behind the comments that stand before it. */
function passOver(open: Open | undefined, text: string, from: number, to: number): void {
  const isComment = text[from] === '#' || text[from] === '/';
  if (open !== undefined && isComment && text.slice(open.begin, from).trim() === '') open.begin = to;
}

/** Behind a comment or a quoted text that begins here; `Infinity` if it does not end. */
function skip(text: string, at: number, spelling: Spelling): number {
  const comment = spelling === 'python' ? '#' : '//';
  if (text.startsWith(comment, at)) return behind(text, '\n', at);
  if (spelling === 'javascript' && text.startsWith('/*', at)) return behind(text, '*/', at + 2);
  const quote = /^(?:"""|'''|["'])/.exec(text.slice(at, at + 3))?.[0];
  if (quote !== undefined && (spelling === 'python' || quote.length === 1))
    return behindQuoted(text, quote, at);
  return spelling === 'javascript' && text[at] === '`' ? behindQuoted(text, '`', at) : at;
}

function behind(text: string, end: string, from: number): number {
  const found = text.indexOf(end, from);
  return found === -1 ? Infinity : found + end.length;
}

function behindQuoted(text: string, quote: string, from: number): number {
  for (let at = from + quote.length; at < text.length; at++) {
    if (text[at] === '\\') at += 1;
    else if (text.startsWith(quote, at)) return at + quote.length;
    // A quote of one line that is not closed there is about to be.
    else if (text[at] === '\n' && quote.length === 1 && quote !== '`') return at;
  }
  return Infinity;
}

function opened(text: string, at: number, sign: string): Open {
  const name =
    sign === '('
      ? (/([\p{L}_$][\p{L}\p{N}_$.]*)\s*$/u.exec(text.slice(Math.max(0, at - 300), at))?.[1] ?? '')
      : '';
  return { sign, name: name.replace(/^tools\./, ''), from: at + 1, commas: 0, begin: at + 1, given: [] };
}

function nextArgument(open: Open | undefined, text: string, at: number, spelling: Spelling): void {
  if (open === undefined) return;
  const name = named(text.slice(open.begin, at), spelling);
  if (name !== undefined) open.given.push(name);
  open.commas += 1;
  open.begin = at + 1;
}

/** The parameter that an argument names, if it does. */
function named(argument: string, spelling: Spelling): string | undefined {
  const form =
    spelling === 'python'
      ? /^\s*([\p{L}_][\p{L}\p{N}_]*)\s*=(?!=)/u
      : /^\s*["']?([\p{L}_$][\p{L}\p{N}_$-]*)["']?\s*:/u;
  return form.exec(argument)?.[1];
}
