import { MORE, quotedText, ToolCatalog, toolWriter } from 'toolscript/core';
import type { Notation } from 'toolscript/core';

const quoted = (text: string) => quotedText(text, (codePoint) => `\\u{${codePoint.toString(16)}}`);
const key = (name: string) => (/^[A-Za-z_]\w*$/.test(name) ? name : `[${quoted(name)}]`);

const lua: Notation = {
  types: {
    string: 'string',
    integer: 'integer',
    number: 'number',
    boolean: 'boolean',
    null: 'nil',
    any: 'any',
    never: 'never',
  },
  anyObject: 'table',
  emptyList: '{}',
  emptyObject: '{}',
  or: '|',
  constant: (value) => (value === null ? 'nil' : typeof value === 'string' ? quoted(value) : String(value)),
  key,
  formatted: (type, format) => `${type}<${format}>`,
  list: (item, kind) => (kind === 'union' ? `(${item})[]` : `${item}[]`),
  tuple: (items) => `[${items.join(', ')}]`,
  rest: (item) => `...${item}`,
  object: (fields) => `{ ${fields.join(', ')} }`,
  otherFields: (value) => `[string]: ${value}`,
  map: (value) => `table<string, ${value}>`,
  separator: ', ',
  parameter: ({ name, isRequired, shape }, initial, typeText) => {
    const type = typeText === undefined ? '' : `: ${typeText(shape)}`;
    const value = typeText === undefined || initial === null ? '' : ` = ${initial}`;
    return `${key(name)}${isRequired ? '' : '?'}${type}${value}`;
  },
  others: (type = 'any') => `[string]: ${type}`,
  result: (type) => `: ${type}`,
  call: (name, { parameters, others, isWhole, result }) => {
    const told = parameters.map(({ text }) => text);
    if (others !== null) told.push(others);
    if (!isWhole) told.push(MORE);
    return `${name}(${told.length === 0 ? '' : `{ ${told.join(', ')} }`})${result}`;
  },
  frame: (name) => `${name}({ ${MORE} })`,
};

const { signature, description, hit } = toolWriter(lua);

const search = {
  name: 'search-issues',
  description: 'Finds issues.',
  inputSchema: {
    type: 'object',
    properties: {
      query: { type: 'string' },
      state: { enum: ['open', 'closed'], default: 'open' },
      labels: { type: 'array', items: { type: ['string', 'null'] } },
      'page-size': { type: 'integer' },
    },
    required: ['query'],
    additionalProperties: false,
  },
  outputSchema: { type: 'object', properties: { total: { type: 'integer' } }, required: ['total'] },
};
const catalog = new ToolCatalog([search], new Set(['end', 'local', 'nil']));
const [tool] = catalog.bound;
console.log(signature(tool!));
console.log(signature(tool!, 60));
console.log(hit(tool!)['signature'] === signature(tool!), description(tool!)['returns']);

//> search_issues({ query: string, state?: "open"|"closed" = "open", labels?: (string|nil)[], ["page-size"]?: integer }): { total: integer }
//> search_issues({ query: string, state?, … }): { total }
//> true { total: integer }
