/**
 * Holds a manifest against the definition, and puts each issue into words: where, what was found, what was
 * wanted, and the key that was probably meant.
 */
import type { z } from 'zod';

import { nearestName } from '../nearest-name.js';
import { CLIENT_FIELDS } from './client-fields.js';
import { definition, type Definition } from './definition.js';
import {
  formsOf,
  isServerChoice,
  keysOf,
  marksOf,
  meantForm,
  schemaAt,
  SERVER_MARKS,
  valueAt,
} from './definition-walk.js';
import type { Expansion } from './expansion.js';
import { describe, oneOf, quoted, type Fault, type Path } from './fault.js';

/** The manifest as the definition reads it, or what is wrong with it. */
export interface Validation {
  readonly value?: Definition;
  readonly faults: readonly Fault[];
}

/** Holds an expanded manifest against the definition. */
export function validate(expansion: Expansion): Validation {
  const { data, error } = definition.safeParse(expansion.value);
  if (error === undefined) return { value: data, faults: [] };
  return { faults: error.issues.flatMap((issue) => faultsOf(issue, [], expansion)) };
}

type Issue = z.core.$ZodIssue;

/** The faults behind an issue; its path starts at `base`. */
function faultsOf(issue: Issue, base: Path, expansion: Expansion): Fault[] {
  const path = [...base, ...issue.path.map(step)];
  const found = valueAt(path, expansion.value);
  switch (issue.code) {
    case 'unrecognized_keys':
      return unknownKeys(issue.keys, path, expansion);
    case 'invalid_union':
      return choiceFaults(issue, path, expansion);
    case 'invalid_key':
      return [{ path, message: 'found a key that is empty or too long, wanted 1 to 100 characters' }];
    case 'invalid_value':
      return [{ path, message: `found ${shown(found, path, expansion)}, wanted ${wanted(issue)}` }];
    default:
      return [{ path, message: `found ${describe(found)}, wanted ${wanted(issue)}` }];
  }
}

function step(key: PropertyKey): string | number {
  return typeof key === 'number' ? key : String(key);
}

/** A text of a choice may be shown, unless a variable put it there. */
function shown(value: unknown, path: Path, expansion: Expansion): string {
  return typeof value === 'string' && !expansion.isExpanded(path) ? quoted(value) : describe(value);
}

const TYPE_WORDS: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  int: 'a whole number',
  boolean: 'true or false',
  array: 'an array',
  object: 'an object',
  record: 'an object',
  null: 'null',
};

function wanted(issue: Issue): string {
  switch (issue.code) {
    case 'invalid_type':
      return TYPE_WORDS[issue.expected] ?? issue.expected;
    case 'invalid_value':
      return oneOf(issue.values.map((value) => JSON.stringify(value)));
    case 'too_small':
      return issue.origin === 'string' ? 'at least one character' : `at least ${issue.minimum}`;
    case 'too_big':
      return `at most ${issue.maximum}`;
    default:
      return issue.message;
  }
}

function unknownKeys(keys: readonly string[], path: Path, expansion: Expansion): Fault[] {
  const found = valueAt(path, expansion.value);
  const marks = marksOf(found);
  const schema = schemaAt(path, expansion.value);
  if (isServerChoice(schema) && marks.length > 1) return [tooManyMarks(marks, path)];
  const known = keysOf(meantForm(schema, found) ?? schema);
  return keys.map((key) => ({ path: [...path, key], message: unknownKey(key, known) }));
}

function unknownKey(key: string, known: readonly string[]): string {
  const nearest = nearestName(key, known);
  const own = known.filter((name) => !Object.hasOwn(CLIENT_FIELDS, name));
  return nearest === undefined
    ? `found an unknown key, wanted one of ${own.join(', ')}`
    : `found an unknown key, wanted ${quoted(nearest)}`;
}

type ChoiceIssue = z.core.$ZodIssueInvalidUnion;

/** Tells what is wrong with the form that was meant; else what the forms are. */
function choiceFaults(issue: ChoiceIssue, path: Path, expansion: Expansion): Fault[] {
  const found = valueAt(path, expansion.value);
  const choice = schemaAt(path, expansion.value);
  const isOfServers = isServerChoice(choice);
  const marks = marksOf(found);
  if (isOfServers && marks.length > 1) return [tooManyMarks(marks, path)];
  const form = meantForm(choice, found);
  if (form === undefined) return [{ path, message: noForm(issue, found, isOfServers) }];
  const issues = issue.errors[formsOf(choice).indexOf(form)] ?? [];
  return issues.flatMap((inner) => faultsOf(inner, path, expansion));
}

function tooManyMarks(marks: readonly string[], path: Path): Fault {
  return { path, message: `found ${marks.join(' and ')}, wanted one of them` };
}

function noForm(issue: ChoiceIssue, found: unknown, isOfServers: boolean): string {
  if (!isOfServers) {
    const words = issue.errors.flatMap((errors) => errors.slice(0, 1).map(wanted));
    return `found ${describe(found)}, wanted ${oneOf([...new Set(words)])}`;
  }
  if (typeof found !== 'object' || found === null) return `found ${describe(found)}, wanted an object`;
  return unmarked(Object.keys(found));
}

function unmarked(keys: readonly string[]): string {
  for (const key of keys) {
    const meant = nearestName(key, SERVER_MARKS);
    if (meant !== undefined) return `found ${quoted(key)}, wanted ${quoted(meant)}`;
  }
  return 'found neither command nor url, wanted one of them';
}
