/**
 * A tool's call in one line of stub-file Python:
 * `search_issues(query: str, state: "open"|"closed" = "open", limit: int = 20) -> list[{id: int, title: str}]`.
 *
 * A parameter that may be left out without a known default has `= ...`; one whose name cannot stand before `=`
 * is shown as a script must pass it, in `**{…}`.
 *
 * | type | what it stands for |
 * | --- | --- |
 * | `str` `int` `float` `bool` `None` `any` | a value of that type; `str<date>`: a string in that format |
 * | `"open"\|"closed"` | one of these |
 * | `list[str]`, `tuple[float, float]` | a list of any number of such items, of these items |
 * | `{id: int, note?: str}` | a dict with these keys; one with `?` may be missing |
 * | `{id, title}` | the same, the types not told |
 * | `dict`, `dict[str, int]`, `[str]: int` among fields | any keys, with such values |
 * | `…` | more that is not told here |
 */
import { MORE, quotedText } from '../../core/index.js';
import type { Literal, Notation, Shape, ShapeField, TypeNotation } from '../../core/index.js';

/** The notation of a language with these keywords. */
export function pythonNotation(keywords: { has(word: string): boolean }): Notation {
  const isAside = ({ name }: ShapeField): boolean => !isName(name) || keywords.has(name);
  return {
    ...TYPES,
    separator: ', ',
    parameter: (parameter, initial, typeText) => {
      const { name, isRequired, shape } = parameter;
      const isNamed = !isAside(parameter);
      const key = isNamed ? name : `${keyText(name)}${isRequired ? '' : '?'}`;
      if (typeText === undefined) return isNamed && !isRequired ? `${key}=...` : key;
      if (isRequired || !isNamed) return `${key}: ${typeText(shape)}`;
      return `${key}: ${typeText(initial === NONE ? withoutNull(shape) : shape)} = ${initial ?? '...'}`;
    },
    others: (type) => `**${type === undefined ? TYPES.anyObject : TYPES.map(type)}`,
    result: (type) => ` -> ${type}`,
    call: (scriptName, { parameters, others, isWhole, result }) => {
      const list = parameters.filter(({ parameter }) => !isAside(parameter)).map(({ text }) => text);
      const aside = parameters.filter(({ parameter }) => isAside(parameter)).map(({ text }) => text);
      if (others !== null) list.push(others);
      if (aside.length > 0) list.push(`**{${aside.join(', ')}}`);
      if (!isWhole) list.push(MORE);
      return `${scriptName}(${list.join(', ')})${result}`;
    },
    frame: (scriptName, told) => `${scriptName}(${MORE})${told.some(isAside) ? '**{}' : ''}`,
  };
}

const NONE = 'None';

const TYPES: TypeNotation = {
  types: {
    string: 'str',
    integer: 'int',
    number: 'float',
    boolean: 'bool',
    null: NONE,
    any: 'any',
    never: 'never',
  },
  anyObject: 'dict',
  emptyList: '[]',
  emptyObject: '{}',
  or: '|',
  constant: constantText,
  key: keyText,
  formatted: (type, format) => `${type}<${format}>`,
  list: (item) => `list[${item}]`,
  tuple: (items) => `tuple[${items.join(', ')}]`,
  rest: (item) => `*${item}`,
  object: (fields) => `{${fields.join(', ')}}`,
  otherFields: (value) => `[str]: ${value}`,
  map: (value) => `dict[str, ${value}]`,
};

function constantText(value: Literal): string {
  if (value === null) return NONE;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  return typeof value === 'string' ? quotedText(value, escaped) : String(value);
}

function keyText(name: string): string {
  return isName(name) ? name : quotedText(name, escaped);
}

function isName(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(text);
}

function escaped(codePoint: number): string {
  const code = codePoint.toString(16);
  return code.length > 4 ? `\\U${code.padStart(8, '0')}` : `\\u${code.padStart(4, '0')}`;
}

/** `= None` says by itself that None is taken. */
function withoutNull(shape: Shape): Shape {
  if (shape.kind !== 'union') return shape;
  const options = shape.options.filter((option) => !isNull(option));
  const [only] = options;
  return options.length === 1 && !shape.isCut ? only! : { ...shape, options };
}

function isNull(shape: Shape): boolean {
  return shape.kind === 'literal' ? shape.value === null : shape.kind === 'simple' && shape.type === 'null';
}
