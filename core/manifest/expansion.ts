/**
 * Puts variables in place: `${VAR}`, `${VAR:-default}` and `${env:VAR}`, in values, never in keys.
 *
 * Also the names that editors give: `${workspaceFolder}`, `${userHome}` and their like. `$${` stands for
 * a plain `${`. What a variable holds is not expanded again, and a default is plain text. As in a shell,
 * the default also takes the place of an empty variable.
 */
import { homedir } from 'node:os';
import { basename, dirname, resolve, sep } from 'node:path';

import { setKey } from '../json.js';
import type { Fault, Path } from './fault.js';
import { MAX_DEPTH } from './json-document.js';

/** Where variables come from. */
export interface Variables {
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The manifest's folder, absolute. */
  readonly folder: string;
}

/** A value with its variables in place. */
export interface Expansion {
  readonly value: unknown;
  readonly faults: readonly Fault[];
  /** Whether the text at a path came from a variable: it is never shown. */
  readonly isExpanded: (path: Path) => boolean;
  /** Where a text was one variable and nothing else: it may stand for a number or a truth value. */
  readonly variables: readonly Path[];
}

/** The folder that an editor calls the workspace: the manifest's, or the one around `.vscode` and its like. */
export function workspaceFolder(folder: string): string {
  return ['.vscode', '.cursor'].includes(basename(folder)) ? dirname(folder) : folder;
}

/** Expands every text of a manifest. Plain objects and arrays are copied, everything else is kept. */
export function expand(value: unknown, variables: Variables): Expansion {
  const walk = new Walk(variables);
  return {
    value: walk.value(value, []),
    faults: walk.faults,
    isExpanded: (path) => walk.expanded.has(JSON.stringify(path)),
    variables: walk.variables,
  };
}

/** What a text comes to that is one variable and nothing else; undefined for any other, or without a value. */
export function variableValue(text: string, variables: Variables): string | undefined {
  const [, inner] = ONE_VARIABLE.exec(text) ?? [];
  const value = inner === undefined ? undefined : lookUp(inner, variables);
  return typeof value === 'string' ? value : undefined;
}

const ONE_VARIABLE = /^\$\{([^{}]*)\}$/;

/** Values that are looked at, at most: shared parts of an object count each time that they are met. */
const MAX_VALUES = 1_000_000;

class Walk {
  #values = 0;
  readonly faults: Fault[] = [];
  readonly expanded = new Set<string>();
  readonly variables: Path[] = [];
  readonly #variables: Variables;

  constructor(variables: Variables) {
    this.#variables = variables;
  }

  value(value: unknown, path: Path): unknown {
    if (this.#isTooMuch()) return undefined;
    if (typeof value === 'string') return this.#text(value, path);
    if (!isContainer(value)) return value;
    if (path.length >= MAX_DEPTH) {
      this.#fault(path, `found more, wanted at most ${MAX_DEPTH} levels of nesting`);
      return undefined;
    }
    return Array.isArray(value)
      ? value.map((item, index) => this.value(item, [...path, index]))
      : this.#object(value, path);
  }

  #isTooMuch(): boolean {
    this.#values += 1;
    if (this.#values === MAX_VALUES) this.#fault([], `found more, wanted at most ${MAX_VALUES} values`);
    return this.#values >= MAX_VALUES;
  }

  #object(value: object, path: Path): unknown {
    const copy: Record<string, unknown> = {};
    for (const [key, member] of Object.entries(value)) {
      if (key === '__proto__') this.#fault([...path, key], 'found a key of this name, wanted another name');
      else setKey(copy, key, this.value(member, [...path, key]));
    }
    return copy;
  }

  #text(text: string, path: Path): string {
    if (!text.includes('${')) return text;
    this.expanded.add(JSON.stringify(path));
    if (ONE_VARIABLE.test(text)) this.variables.push(path);
    return text.replace(/\$?\$\{([^{}]*)(\}?)/g, (whole, inner: string, end: string) => {
      if (whole.startsWith('$$')) return whole.slice(1);
      const found = end === '' ? UNENDED : lookUp(inner, this.#variables);
      if (typeof found === 'string') return found;
      this.#fault(path, found.fault);
      return whole;
    });
  }

  #fault(path: Path, message: string): void {
    this.faults.push({ path, message });
  }
}

function isContainer(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  if (Array.isArray(value)) return true;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

interface NotFound {
  readonly fault: string;
}

const UNENDED: NotFound = {
  fault: 'found "${" without its "}", or one within another, wanted "$${" for plain text',
};

/** Names that editors give, beside those of the environment: always known. */
export const EDITOR_NAMES: ReadonlyMap<string, (variables: Variables) => string> = new Map([
  ['workspaceFolder', ({ folder }: Variables) => workspaceFolder(resolve(folder))],
  ['workspaceFolderBasename', ({ folder }: Variables) => basename(workspaceFolder(resolve(folder)))],
  ['userHome', () => homedir()],
  ['pathSeparator', () => sep],
  ['/', () => sep],
]);

const VARIABLE = /^(?:env:)?([A-Za-z_][A-Za-z0-9_]*)(?::-([^]*))?$/;

function lookUp(inner: string, variables: Variables): string | NotFound {
  const editor = EDITOR_NAMES.get(inner);
  if (editor !== undefined) return editor(variables);
  const [, name, fallback] = VARIABLE.exec(inner) ?? [];
  if (name === undefined) return notUnderstood(inner);
  const value = Object.hasOwn(variables.env, name) ? variables.env[name] : undefined;
  if (fallback !== undefined) return value === undefined || value === '' ? fallback : value;
  return (
    value ?? {
      fault: `found the variable ${name}, which is not set, wanted a value for it or a default: \${${name}:-…}`,
    }
  );
}

/** Forms that an editor fills in. Only these are shown: other text between the braces may be a secret. */
const EDITOR_FORM = /^(input|command|config|workspaceFolder|env):[\w.-]{1,80}$/;

function notUnderstood(inner: string): NotFound {
  const known = 'wanted ${VAR}, ${VAR:-default} or ${env:VAR}';
  if (!EDITOR_FORM.test(inner)) return { fault: `found an unknown form between "\${" and "}", ${known}` };
  if (!inner.startsWith('input:'))
    return { fault: `found \${${inner}}, which only an editor knows, ${known}` };
  const variable = inner.slice('input:'.length).toUpperCase().replace(/\W|-/g, '_');
  return {
    fault: `found \${${inner}}, which only an editor can ask for, wanted a value, or a variable such as \${${variable}}`,
  };
}
