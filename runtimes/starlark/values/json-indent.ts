/** `json.indent`: JSON text laid out on lines. */
import type { Budget } from './budget.js';
import { decodeJson } from './json-decoder.js';
import { TextBuilder } from './text-builder.js';

/** Lays JSON text out: each line begins with `prefix` and one `indent` a level. Text that is no JSON throws. */
export function indentJson(
  budget: Budget,
  text: string,
  prefix = '',
  indent = '\t',
  act = 'json.indent',
): string {
  decodeJson(budget, text, act);
  const out = new TextBuilder(budget);
  let depth = 0;
  const newLine = (levels: number): void => {
    depth += levels;
    out.add(`\n${prefix}`);
    out.fill(indent, depth);
  };
  for (let at = nextToken(text, 0); at < text.length;) {
    const end = tokenEnd(text, at);
    const following = nextToken(text, end);
    const token = text.slice(at, end);
    const isEmpty = isOpen(token) && isClose(text.charAt(following));
    if (isClose(token)) newLine(-1);
    out.add(token);
    if (isEmpty) out.add(text.charAt(following));
    else if (isOpen(token)) newLine(1);
    else if (token === ',') newLine(0);
    else if (token === ':') out.add(' ');
    at = isEmpty ? nextToken(text, following + 1) : following;
  }
  return out.finish();
}

function isOpen(token: string): boolean {
  return token === '[' || token === '{';
}

function isClose(token: string): boolean {
  return token === ']' || token === '}';
}

function nextToken(text: string, from: number): number {
  let at = from;
  while (at < text.length && ' \t\r\n'.includes(text.charAt(at))) at++;
  return at;
}

/** The end of a token of valid JSON. */
function tokenEnd(text: string, at: number): number {
  const first = text.charAt(at);
  if ('[]{},:'.includes(first)) return at + 1;
  return first === '"' ? stringEnd(text, at) : scalarEnd(text, at);
}

function stringEnd(text: string, at: number): number {
  let end = at + 1;
  while (text.charAt(end) !== '"') end += text.charAt(end) === '\\' ? 2 : 1;
  return end + 1;
}

function scalarEnd(text: string, at: number): number {
  let end = at;
  while (end < text.length && !' \t\r\n,]}'.includes(text.charAt(end))) end++;
  return end;
}
