/**
 * A tool's call in one line of TypeScript:
 * `search_issues(args: { query: string; state?: "open" | "closed" /*="open"*\/ }): Promise<{ id: number }[]>`.
 *
 * | type | what it stands for |
 * | --- | --- |
 * | `string` `number` `boolean` `null` `any` | a value of that type; `string /*date*\/`: a string in that format |
 * | `"open" \| "closed"` | one of these |
 * | `string[]`, `[number, number]` | an array of any number of such items, of these items |
 * | `{ id: number; note?: string }` | an object with these keys; one with `?` may be missing |
 * | `{ id; title }` | the same, the types not told |
 * | `object`, `Record<string, number>` | any keys, with such values |
 * | `…` | more that is not told here |
 */
import { MORE, quotedText } from '../../../core/index.js';
import type { Literal, Notation, Shape } from '../../../core/index.js';

export const TYPESCRIPT: Notation = {
  types: {
    string: 'string',
    integer: 'number',
    number: 'number',
    boolean: 'boolean',
    null: 'null',
    any: 'any',
    never: 'never',
  },
  anyObject: 'object',
  emptyList: '[]',
  emptyObject: '{}',
  or: ' | ',
  constant: constantText,
  key: keyText,
  formatted: (type, format) => `${type} /*${format}*/`,
  list: listText,
  tuple: (items) => `[${items.join(', ')}]`,
  rest: (item, kind) => `...${listText(item, kind)}`,
  object: (fields) => `{ ${fields.join('; ')} }`,
  otherFields: (value) => `[key: string]: ${value}`,
  map: (value) => `Record<string, ${value}>`,
  separator: '; ',
  parameter: ({ name, isRequired, shape }, initial, typeText) => {
    const key = `${keyText(name)}${isRequired ? '' : '?'}`;
    if (typeText === undefined) return key;
    return `${key}: ${typeText(shape)}${initial === null ? '' : ` /*=${initial}*/`}`;
  },
  others: (type = 'any') => `[key: string]: ${type}`,
  result: (type) => `: Promise<${type}>`,
  call: (scriptName, { parameters, others, isWhole, needsAny, result }) => {
    const list = parameters.map(({ text }) => text);
    if (others !== null) list.push(others);
    if (!isWhole) list.push(MORE);
    const args = list.length === 0 ? '' : `args${needsAny ? '' : '?'}: { ${list.join('; ')} }`;
    return `${scriptName}(${args})${result}`;
  },
  frame: (scriptName) => `${scriptName}(args?: { ${MORE} })`,
};

function listText(item: string, kind: Shape['kind']): string {
  return kind === 'union' || item.includes('/*') ? `(${item})[]` : `${item}[]`;
}

function constantText(value: Literal): string {
  if (typeof value === 'bigint') return `${String(value)}n`;
  return typeof value === 'string' ? quoted(value) : String(value);
}

function keyText(name: string): string {
  return /^[A-Za-z_$][\w$]*$/.test(name) ? name : quoted(name);
}

/** With nothing in it that ends a comment. */
function quoted(text: string): string {
  return quotedText(text, (codePoint) => `\\u{${codePoint.toString(16)}}`).replaceAll('*/', '*\\/');
}
