/**
 * What is wrong in a manifest, as data.
 *
 * A message says what was found and what was wanted. Of what was given it shows keys, numbers, truth values
 * and what stands in the place of a choice; other texts never, nor anything that a variable put there.
 */
import { ToolscriptError, type Position } from '../error.js';

/** The way to a value: keys and indexes from the top. */
export type Path = readonly (string | number)[];

/** One fault. */
export interface Fault {
  readonly path: Path;
  /** What was found, and what was wanted. */
  readonly message: string;
  /** Where in the file, when the manifest came from one. */
  readonly position?: Position;
}

/** A manifest that cannot be used, with every fault that was found; code `config/invalid`. */
export class ManifestError extends ToolscriptError {
  /** What was being done. */
  readonly act: string;
  readonly faults: readonly Fault[];

  /** `act` says what was being done, e.g. `read manifest toolscript.json`. There is at least one fault. */
  constructor(act: string, faults: readonly Fault[], options?: { cause?: unknown }) {
    const [first = '', ...rest] = faults.map(faultText);
    super(
      {
        code: 'config/invalid',
        message: `${act}: ${first}`,
        ...(rest.length > 0 && {
          also: rest.map((message) => ({ code: 'config/invalid' as const, message })),
        }),
      },
      options,
    );
    this.name = 'ManifestError';
    this.act = act;
    this.faults = faults;
  }
}

/** A fault in one line: `mcpServers.search.url: found a number, wanted a string`. */
export function faultText(fault: Fault): string {
  return fault.path.length === 0 ? fault.message : `${pathText(fault.path)}: ${fault.message}`;
}

/** A path as it would be written: `plugins[1].with.table`. */
export function pathText(path: Path): string {
  return path.map(stepText).join('').replace(/^\./, '');
}

function stepText(step: string | number): string {
  if (typeof step === 'number') return `[${step}]`;
  return /^[\w$-]{1,80}$/.test(step) ? `.${step}` : `[${quoted(step)}]`;
}

/** A key or an option between quotes, on one line and cut when long. */
export function quoted(text: string): string {
  return JSON.stringify(text.length > 80 ? `${text.slice(0, 80)}…` : text);
}

/** The kind of a value, for "found …". Numbers and truth values are shown, texts never. */
export function describe(value: unknown): string {
  switch (typeof value) {
    case 'undefined':
      return 'nothing';
    case 'string':
      return value === '' ? 'an empty string' : 'a string';
    case 'number':
    case 'bigint':
    case 'boolean':
      return String(value);
    case 'object':
      return value === null ? 'null' : Array.isArray(value) ? 'an array' : 'an object';
    default:
      return `a ${typeof value}`;
  }
}

/** A choice in words: `"a", "b" or "c"`. */
export function oneOf(options: readonly string[]): string {
  const last = options.at(-1) ?? 'nothing';
  return options.length < 2 ? last : `${options.slice(0, -1).join(', ')} or ${last}`;
}
