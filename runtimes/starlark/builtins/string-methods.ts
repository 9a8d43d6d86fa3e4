/** Methods of strings (specification: "built-in methods", string·…). */
import { Dict, formatMethod, typeName } from '../values/index.js';
import type { Bytes, Thread, Value } from '../values/index.js';
import { runtimeError } from '../error.js';
import { checkEncoding } from './bytes-methods.js';
import { encoded } from './conversions.js';
import { method } from './definition.js';
import type { MethodTable } from './definition.js';
import {
  anything,
  bool,
  int,
  iterable,
  named,
  optional,
  orNone,
  others,
  required,
  rest,
  string,
} from './parameter.js';
import { capitalize, casefold, lower, swapcase, title, upper } from './string-case.js';
import {
  isalnum,
  isalpha,
  isascii,
  isdigit,
  isidentifier,
  islower,
  isnumeric,
  isspace,
  istitle,
  isupper,
} from './string-class.js';
import { codepointOrds, codepoints, elemOrds, elems } from './string-elements.js';
import { center, expandtabs, ljust, rjust, zfill } from './string-pad.js';
import { replace } from './string-replace.js';
import { count, endswith, find, index, rfind, rindex, startswith } from './string-search.js';
import { join, partition, rpartition, rsplit, split, splitlines } from './string-split.js';
import { lstrip, removeprefix, removesuffix, rstrip, strip } from './string-trim.js';

const start = optional('start', anything);
const end = optional('end', anything);
const sub = required('sub', string);
const separator = optional('sep', orNone(string));
const maxsplit = optional('maxsplit', int);
const cutset = optional('cutset', string);
const keepends = optional('keepends', bool);
const replaced = [required('old', string), required('new', string)] as const;
const replacements = optional('count', int);
const width = required('width', int);
const fill = optional('fillchar', string);

/** Those of the specification. */
export const stringMethods: MethodTable<string> = new Map([
  method('capitalize', [], capitalize),
  method('codepoint_ords', [], codepointOrds),
  method('codepoints', [], codepoints),
  method('count', [sub, start, end], count),
  method('elem_ords', [], elemOrds),
  method('elems', [], elems),
  method('endswith', [required('suffix', anything), start, end], endswith),
  method('find', [sub, start, end], find),
  method('format', [rest('args', anything), others('kwargs')], format),
  method('index', [sub, start, end], index),
  method('isalnum', [], isalnum),
  method('isalpha', [], isalpha),
  method('isdigit', [], isdigit),
  method('islower', [], islower),
  method('isspace', [], isspace),
  method('istitle', [], istitle),
  method('isupper', [], isupper),
  method('join', [required('iterable', iterable)], join),
  method('lower', [], lower),
  method('lstrip', [cutset], lstrip),
  method('partition', [required('sep', string)], partition),
  method('removeprefix', [required('prefix', string)], removeprefix),
  method('removesuffix', [required('suffix', string)], removesuffix),
  method('replace', [...replaced, replacements], replace),
  method('rfind', [sub, start, end], rfind),
  method('rindex', [sub, start, end], rindex),
  method('rpartition', [required('sep', string)], rpartition),
  method('rsplit', [separator, maxsplit], rsplit),
  method('rstrip', [cutset], rstrip),
  method('split', [separator, maxsplit], split),
  method('splitlines', [keepends], splitlines),
  method('startswith', [required('prefix', anything), start, end], startswith),
  method('strip', [cutset], strip),
  method('title', [], title),
  method('upper', [], upper),
]);

/** With the methods, and the names of parameters, that Python has beyond the specification. */
export const openStringMethods: MethodTable<string> = new Map([
  ...stringMethods,
  method('casefold', [], casefold),
  method('center', [width, fill], center),
  method('encode', [named(optional('encoding', string)), named(optional('errors', string))], encode),
  method('expandtabs', [named(optional('tabsize', int))], expandtabs),
  method('format_map', [required('mapping', anything)], formatMap),
  method('isascii', [], isascii),
  method('isdecimal', [], isdigit),
  method('isidentifier', [], isidentifier),
  method('isnumeric', [], isnumeric),
  method('ljust', [width, fill], ljust),
  method('replace', [...replaced, named(replacements)], replace),
  method('rjust', [width, fill], rjust),
  method('rsplit', [named(separator), named(maxsplit)], rsplit),
  method('split', [named(separator), named(maxsplit)], split),
  method('splitlines', [named(keepends)], splitlines),
  method('swapcase', [], swapcase),
  method('zfill', [width], zfill),
]);

function format(
  { budget }: Thread,
  template: string,
  args: readonly Value[],
  named: ReadonlyMap<string, Value>,
): string {
  return formatMethod(budget, template, args, named);
}

/** The fields of the template are the keys of the dict. */
function formatMap({ budget }: Thread, template: string, mapping: Value): string {
  if (!(mapping instanceof Dict)) throw runtimeError(`got ${typeName(mapping)}, want dict`);
  budget.step(mapping.size);
  const entries = [...mapping.entries()].filter(
    (entry): entry is [string, Value] => typeof entry[0] === 'string',
  );
  return formatMethod(budget, template, [], new Map(entries));
}

function encode({ budget }: Thread, text: string, encoding = 'utf-8'): Bytes {
  checkEncoding(encoding);
  return encoded(budget, text);
}
