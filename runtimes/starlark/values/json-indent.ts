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
  return new Layout(new TextBuilder(budget), text, prefix, indent).run();
}

/** Copies valid JSON token by token. */
class Layout {
  private depth = 0;

  constructor(
    private readonly out: TextBuilder,
    private readonly text: string,
    private readonly prefix: string,
    private readonly indent: string,
  ) {}

  run(): string {
    const { text } = this;
    for (let at = nextToken(text, 0); at < text.length;) at = this.add(at);
    return this.out.finish();
  }

  /** Adds the token at a place, and answers where the next one is. */
  private add(at: number): number {
    this.out.work(2);
    const end = tokenEnd(this.text, at);
    const following = nextToken(this.text, end);
    const token = this.text.slice(at, end);
    const close = this.text.charAt(following);
    if (isOpen(token) && isClose(close)) {
      this.out.add(token + close);
      return nextToken(this.text, following + 1);
    }
    if (isClose(token)) this.newLine(-1);
    this.out.add(token);
    this.separate(token);
    return following;
  }

  private separate(token: string): void {
    if (isOpen(token)) this.newLine(1);
    else if (token === ',') this.newLine(0);
    else if (token === ':') this.out.add(' ');
  }

  private newLine(levels: number): void {
    this.depth += levels;
    this.out.add(`\n${this.prefix}`);
    this.out.fill(this.indent, this.depth);
  }
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
