/** The module `json`. */
import { StarlarkError, runtimeError } from '../error.js';
import {
  Module,
  chargeText,
  decodeJson,
  encodeJson,
  indentJson,
  isInteger,
  typeName,
} from '../values/index.js';
import type { Builtin, Thread, Value } from '../values/index.js';
import { clamped } from './count.js';
import { builtin, byName } from './definition.js';
import { anything, bool, keyword, named, optional, required, string } from './parameter.js';

const x = required('x', anything);
const text = required('x', string);
const prefix = keyword('prefix', string);
const indentation = keyword('indent', string);

const DUMPS = [
  keyword('indent', anything),
  keyword('sort_keys', bool),
  keyword('ensure_ascii', bool),
  keyword('separators', anything),
  keyword('default', anything),
] as const;

const members: readonly Builtin[] = [
  builtin('json.decode', [text, named(optional('default', anything))], decode),
  builtin('json.encode', [x], ({ budget }, x) => encodeJson(budget, x)),
  builtin('json.encode_indent', [x, prefix, indentation], encodeIndent),
  builtin('json.indent', [required('str', string), prefix, indentation], indent),
];

/** As starlark-go has it, but for keys: they keep their order. */
export const json = new Module('json', new Map(byName(members)));

/**
 * With the two functions of Python's module. `indent` and `sort_keys` mean what they mean there; the other
 * parameters are taken and change nothing: the text is compact, and whatever cannot be encoded is an error.
 */
export const openJson = new Module(
  'json',
  new Map(
    byName([...members, builtin('json.dumps', [x, ...DUMPS], dumps), builtin('json.loads', [text], decode)]),
  ),
);

/** Text that is no JSON gives the default, if there is one. */
function decode({ budget }: Thread, text: string, byDefault?: Value): Value {
  try {
    return decodeJson(budget, text);
  } catch (error) {
    const isFault = error instanceof StarlarkError && error.code === 'script/runtime';
    if (byDefault !== undefined && isFault) return byDefault;
    throw error;
  }
}

function encodeIndent({ budget }: Thread, x: Value, prefix = '', indent = '\t'): string {
  return indentJson(budget, encodeJson(budget, x, 'json.encode_indent'), prefix, indent);
}

function indent({ budget }: Thread, text: string, prefix = '', indent = '\t'): string {
  return indentJson(budget, text, prefix, indent);
}

/** An int of spaces, or a string, is the unit of indentation; None keeps all in one line. */
function dumps(thread: Thread, x: Value, indent: Value = null, sortKeys = false): string {
  const { budget } = thread;
  const text = encodeJson(budget, x, 'json.dumps', sortKeys);
  if (indent === null) return text;
  if (typeof indent === 'string') return indentJson(budget, text, '', indent);
  if (!isInteger(indent)) {
    throw runtimeError(`for parameter indent: got ${typeName(indent)}, want int or string`);
  }
  const width = Math.max(0, clamped(indent));
  chargeText(budget, width);
  return indentJson(budget, text, '', ' '.repeat(width));
}
