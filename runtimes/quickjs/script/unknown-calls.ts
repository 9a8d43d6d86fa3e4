/**
 * Finds calls of functions that nobody has, before anything runs.
 *
 * Only what is certain is told: a name that is called, and that stands nowhere in the text but where it is called.
 * So nothing in the text can declare it, and nothing asks whether it is there. Of a text that may make names while
 * it runs, nothing is told.
 */
import { nearestName } from '../../../core/index.js';
import type { Failure, Position } from '../../../core/index.js';
import { HINTS, isCommonName } from './names.js';
import { tokensOf } from './token-scan.js';
import type { Token } from './token-scan.js';

/** Names with which a text may make others. */
const MAKERS = new Set(['eval', 'Function', 'globalThis', 'with', 'constructor', 'this']);
/** Words before a name that is declared, though it looks like a call. */
const DECLARING = new Set(['function', 'class', 'get', 'set', 'static', 'async', '.', '*', '#']);

/** Names that are told of. */
const MOST_TOLD = 20;

/** A failure for all of them, at the first; undefined where there is none. `has` knows tools and data. */
export function unknownCalls(
  source: string,
  has: (name: string) => boolean,
  names: () => readonly string[],
): Failure | undefined {
  const tokens = tokensOf(source);
  if (tokens === undefined || tokens.some(({ text }) => MAKERS.has(text))) return undefined;
  const calls = callsOnly(tokens).filter(({ text }) => !isCommonName(text) && !has(text));
  const [first, ...also] = calls
    .slice(0, MOST_TOLD)
    .map(({ text, at }) => faultOf(text, positionAt(source, at), names));
  return first === undefined ? undefined : { ...first, ...(also.length > 0 && { also }) };
}

/** The first call of each name that stands nowhere else. */
function callsOnly(tokens: readonly Token[]): Token[] {
  const calls = new Map<string, Token>();
  const others = new Set<string>();
  const ends = closings(tokens);
  tokens.forEach((token, index) => {
    if (!token.isName) return;
    if (!isCall(tokens, index, ends)) others.add(token.text);
    else if (!calls.has(token.text)) calls.set(token.text, token);
  });
  return [...calls.values()].filter(({ text }) => !others.has(text));
}

/** Whether the name is called: it has arguments, and they are neither parameters nor those of a method. */
function isCall(tokens: readonly Token[], index: number, ends: ReadonlyMap<number, number>): boolean {
  if (tokens[index + 1]?.text !== '(') return false;
  const before = tokens[index - 1];
  if (before !== undefined && DECLARING.has(before.text)) return false;
  const end = ends.get(index + 1) ?? tokens.length;
  const [after, then] = [tokens[end + 1]?.text, tokens[end + 2]?.text];
  return after !== '{' && !(after === '=' && then === '>');
}

/** Where each bracket that opens is closed. */
function closings(tokens: readonly Token[]): ReadonlyMap<number, number> {
  const ends = new Map<number, number>();
  const open: number[] = [];
  tokens.forEach(({ text }, index) => {
    if (text === '(') open.push(index);
    const start = text === ')' ? open.pop() : undefined;
    if (start !== undefined) ends.set(start, index);
  });
  return ends;
}

function faultOf(name: string, position: Position, names: () => readonly string[]): Failure {
  const others = names().filter((other) => other !== name);
  const nearest = HINTS.has(name) ? undefined : nearestName(name, others);
  const hint = HINTS.get(name) ?? (nearest === undefined ? undefined : `did you mean ${nearest}?`);
  const message = `call ${name}: there is nothing of that name`;
  return { code: 'script/name', message, position, ...(hint !== undefined && { hint }) };
}

function positionAt(source: string, at: number): Position {
  const lines = source.slice(0, at).split(/\r\n|[\n\r\u2028\u2029]/);
  return { line: lines.length, column: Array.from(lines.at(-1)!).length + 1 };
}
