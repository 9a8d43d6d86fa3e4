/** Says in words what is wrong with a call's arguments. Never shows a value: only its type, and what the schema wants. */
import type { ErrorObject } from 'ajv';
import type { JsonObject } from './json.js';
import { didYouMean } from './nearest-name.js';
import type { ParameterList } from './parameter-list.js';
import { typeMet } from './type-name.js';

type ParameterNames = Pick<ParameterList, 'names' | 'required' | 'open'>;

/** Parameters that are missing or unknown, all at once; empty when there are none. */
export function nameFaults(args: JsonObject, parameters: ParameterNames): string {
  const faults = [
    ...parameters.required
      .filter((name) => !Object.hasOwn(args, name))
      .map((name) => `missing ${quoted(name)}`),
    ...unknownNames(args, parameters),
  ];
  return faults.slice(0, MAX_FAULTS).join('; ');
}

function unknownNames(args: JsonObject, parameters: ParameterNames): string[] {
  if (parameters.open) return [];
  const known = new Set(parameters.names);
  return Object.keys(args)
    .filter((name) => !known.has(name))
    .slice(0, MAX_FAULTS)
    .map((name) => `no parameter ${quoted(name)}${didYouMean(name, known)}`);
}

const MAX_FAULTS = 10;

/** What the schema found, in one sentence part: where, what was met, what was wanted. */
export function schemaFault(faults: readonly ErrorObject[]): string {
  const fault = faults.at(-1);
  if (fault === undefined) return 'arguments that the schema refuses';
  if (fault.keyword === 'anyOf' || fault.keyword === 'oneOf') return choiceFault(faults.slice(0, -1), fault);
  return sentence(fault, WANTED.get(fault.keyword)?.(fault) ?? `what its schema allows (${fault.keyword})`);
}

/** A value of which the type alone is known, and is not among those wanted. */
export function typeFault(name: string, met: string, wanted: readonly string[]): string {
  return `parameter ${quoted(name)}: got ${withArticle(met)}, want ${anyOfThese(wanted.map(withArticle))}`;
}

/** None of several forms fits: name the types when they decide, else the form that fits furthest. */
function choiceFault(below: readonly ErrorObject[], choice: ErrorObject): string {
  const here = below.filter((fault) => fault.instancePath === choice.instancePath);
  const deepest = below.find((fault) => fault.instancePath.length > choice.instancePath.length);
  if (deepest !== undefined) return schemaFault([deepest]);
  const types = here.filter((fault) => fault.keyword === 'type').flatMap((fault) => wantedTypes(fault));
  const other = here.find((fault) => fault.keyword !== 'type' && WANTED.has(fault.keyword));
  if (other !== undefined) return schemaFault([other]);
  return sentence(
    choice,
    types.length > 0 ? anyOfThese([...new Set(types)]) : 'one of the forms in its schema',
  );
}

function sentence(fault: ErrorObject, wanted: string): string {
  const name = parameterName(fault.instancePath);
  return `${name === '' ? 'arguments' : `parameter ${quoted(name)}`}: got ${typeMet(fault.data)}, want ${wanted}`;
}

/** A JSON pointer as a path in a script: `filter.tags[2]`. */
function parameterName(pointer: string): string {
  const steps = pointer
    .split('/')
    .slice(1)
    .map((step) => step.replaceAll('~1', '/').replaceAll('~0', '~'));
  const path = steps
    .map((step, index) => (/^\d+$/.test(step) ? `[${step}]` : `${index > 0 ? '.' : ''}${step}`))
    .join('');
  return shortened(path);
}

type Wanted = (fault: ErrorObject) => string;

const limitOf = (fault: ErrorObject): string => String((fault.params as { limit?: unknown }).limit);

const atLeast =
  (noun: string): Wanted =>
  (fault) =>
    `at least ${limitOf(fault)} ${noun}`;
const atMost =
  (noun: string): Wanted =>
  (fault) =>
    `at most ${limitOf(fault)} ${noun}`;

/** What each keyword wants. */
const WANTED = new Map<string, Wanted>([
  ['type', (fault) => anyOfThese(wantedTypes(fault))],
  ['enum', (fault) => `one of ${listed(fault.schema)}`],
  ['const', (fault) => listed([fault.schema])],
  ['minimum', (fault) => `at least ${limitOf(fault)}`],
  ['maximum', (fault) => `at most ${limitOf(fault)}`],
  ['exclusiveMinimum', (fault) => `more than ${limitOf(fault)}`],
  ['exclusiveMaximum', (fault) => `less than ${limitOf(fault)}`],
  ['multipleOf', (fault) => `a multiple of ${String(fault.schema)}`],
  ['minLength', atLeast('characters')],
  ['maxLength', atMost('characters')],
  ['pattern', (fault) => `a string that matches ${shortened(String(fault.schema))}`],
  ['format', (fault) => `a string in the format ${shortened(String(fault.schema))}`],
  ['minItems', atLeast('items')],
  ['maxItems', atMost('items')],
  ['minProperties', atLeast('keys')],
  ['maxProperties', atMost('keys')],
  ['contains', () => 'an item of the kind that its schema names'],
  [
    'required',
    (fault) => `the key ${quoted(String((fault.params as { missingProperty?: unknown }).missingProperty))}`,
  ],
  ['additionalProperties', (fault) => unwanted(fault, 'additionalProperty')],
  ['unevaluatedProperties', (fault) => unwanted(fault, 'unevaluatedProperty')],
  ['false schema', () => 'no such value'],
]);

function unwanted(fault: ErrorObject, param: string): string {
  const key = String((fault.params as Record<string, unknown>)[param]);
  const properties = (fault.parentSchema as { properties?: object } | undefined)?.properties ?? {};
  return `no key ${quoted(key)}${didYouMean(key, Object.keys(properties))}`;
}

const ARTICLES = new Map([
  ['null', 'null'],
  ['integer', 'an integer'],
  ['array', 'an array'],
  ['object', 'an object'],
]);

function wantedTypes(fault: ErrorObject): string[] {
  const { type } = fault.params as { type?: string | string[] };
  return [type ?? []].flat().map(withArticle);
}

function withArticle(type: string): string {
  return ARTICLES.get(type) ?? `a ${type}`;
}

function anyOfThese(words: readonly string[]): string {
  return words.length < 2 ? words.join('') : `${words.slice(0, -1).join(', ')} or ${words.at(-1)!}`;
}

const MAX_LISTED = 20;

/** Values of the schema, as JSON. */
function listed(values: unknown): string {
  const items = Array.isArray(values) ? values : [values];
  const shown = items.slice(0, MAX_LISTED).map((item) => shortened(JSON.stringify(item)));
  return (
    shown.join(', ') + (items.length > MAX_LISTED ? `, and ${String(items.length - MAX_LISTED)} more` : '')
  );
}

function quoted(name: string): string {
  return JSON.stringify(shortened(name));
}

const MAX_SHOWN = 80;

function shortened(text: string): string {
  return text.length > MAX_SHOWN ? `${text.slice(0, MAX_SHOWN - 1)}…` : text;
}
