/** Templates of replacements: `\1`, `\g<1>`, `\g<name>`, and the escapes of strings. */
import { TextBuilder } from '../../values/index.js';
import type { Budget } from '../../values/index.js';
import type { Compiled, Spans } from './compiled.js';
import { fault } from './pattern-text.js';

/** Text as it stands, or the number of a group. */
type Template = readonly (string | number)[];

const REFERENCE = /\\(?:g<([^>]*)>|([1-9]\d?)|([^]|$))/g;
const ESCAPES: ReadonlyMap<string, string> = new Map([
  ['n', '\n'],
  ['t', '\t'],
  ['r', '\r'],
  ['\\', '\\'],
  ['0', '\0'],
]);

/** Takes a template apart. */
export function templateOf(compiled: Compiled, text: string): Template {
  const parts: (string | number)[] = [];
  let done = 0;
  for (const found of text.matchAll(REFERENCE)) {
    const [whole, name, number, other] = found;
    parts.push(text.slice(done, found.index));
    if (other === undefined) parts.push(groupOf(compiled, name ?? number ?? ''));
    else parts.push(ESCAPES.get(other) ?? whole);
    done = found.index + whole.length;
  }
  parts.push(text.slice(done));
  return parts.filter((part) => part !== '');
}

function groupOf(compiled: Compiled, name: string): number {
  const number = /^\d+$/.test(name) ? Number(name) : compiled.names.get(name);
  if (number !== undefined && number <= compiled.groups) return number;
  throw fault(`its replacement names a group that it has not: it has ${compiled.groups}`);
}

/** The text of a template for one match. */
export function expanded(budget: Budget, template: Template, text: string, spans: Spans): string {
  const out = new TextBuilder(budget);
  for (const part of template) {
    budget.step(1);
    const [start, end] = typeof part === 'string' ? [0, 0] : spans[part]!;
    out.add(typeof part === 'string' ? part : text.slice(Math.max(start, 0), Math.max(end, 0)));
  }
  return out.finish();
}
