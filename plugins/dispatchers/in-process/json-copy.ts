/**
 * A copy of what a tool of this process answers, as JSON: what `JSON.stringify` would write, but nothing
 * is lost without a word.
 *
 * An object that stands in several places is copied once, and counts in each: a small structure that
 * shares itself can be a giant as text.
 */
import { setKey } from '../../../core/index.js';
import type { Json, JsonObject } from '../../../core/index.js';

const MAX_DEPTH = 500;
/** Characters as JSON text, about: as much as a message of an MCP server may have. */
const MAX_SIZE = 64 * 1024 * 1024;

/** Copies; throws an Error that names what in the answer is no JSON, or that it is too large. */
export function jsonCopy(answer: unknown): Json {
  return new Copier().copy(answer, '', 0);
}

/** What is known of an object that was copied. */
interface Known {
  readonly copy: Json;
  readonly size: number;
  /** Levels within it, with its own. */
  readonly height: number;
}

class Copier {
  private readonly known = new Map<object, Known>();
  private size = 0;
  /** Of the value that was copied last. */
  private height = 0;

  copy(value: unknown, path: string, depth: number): Json {
    if (typeof value === 'object' && value !== null) return this.container(value, path, depth);
    const copy = scalar(value, path);
    this.height = 0;
    this.grow(scalarSize(copy));
    return copy;
  }

  private container(value: object, path: string, depth: number): Json {
    const before = this.known.get(value);
    if (depth + (before?.height ?? 1) > MAX_DEPTH) throw tooDeep();
    if (before !== undefined) {
      this.height = before.height;
      this.grow(before.size);
      return before.copy;
    }
    const start = this.size;
    const copy = this.copyOf(value, path, depth);
    this.known.set(value, { copy, size: this.size - start, height: this.height });
    return copy;
  }

  private copyOf(value: object, path: string, depth: number): Json {
    if (Array.isArray(value)) return this.array(value, path, depth);
    return hasToJson(value) ? this.copy(value.toJSON(), path, depth + 1) : this.object(value, path, depth);
  }

  private array(items: readonly unknown[], path: string, depth: number): Json {
    this.grow(2 + items.length);
    let highest = 0;
    const copy = Array.from(items, (item, index) => {
      const each = this.copy(item ?? null, `${path}[${String(index)}]`, depth + 1);
      highest = Math.max(highest, this.height);
      return each;
    });
    this.height = highest + 1;
    return copy;
  }

  private object(value: object, path: string, depth: number): JsonObject {
    const copy: Record<string, Json> = {};
    let highest = 0;
    this.grow(2);
    for (const [key, item] of Object.entries(value)) {
      if (item === undefined) continue;
      this.grow(key.length + 4);
      setKey(copy, key, this.copy(item, `${path}.${key}`, depth + 1));
      highest = Math.max(highest, this.height);
    }
    this.height = highest + 1;
    return copy;
  }

  private grow(size: number): void {
    this.size += size;
    if (this.size > MAX_SIZE) throw new Error('answered more than 64 MiB as JSON text, want less at once');
  }
}

function scalar(value: unknown, path: string): Json {
  if (
    value === null ||
    typeof value === 'string' ||
    typeof value === 'boolean' ||
    typeof value === 'bigint' ||
    (typeof value === 'number' && Number.isFinite(value))
  ) {
    return value;
  }
  throw new Error(`answered ${nameOf(value)}${at(path)}, want JSON`);
}

function scalarSize(value: Json): number {
  if (typeof value === 'string') return value.length + 2;
  // Hexadecimal digits, because decimal ones take long to find.
  return typeof value === 'bigint' ? value.toString(16).length : 1;
}

function hasToJson(value: object): value is { toJSON(): unknown } {
  return 'toJSON' in value && typeof value.toJSON === 'function';
}

function tooDeep(): Error {
  return new Error(`answered values nested more than ${String(MAX_DEPTH)} deep, want JSON`);
}

function nameOf(value: unknown): string {
  return typeof value === 'number' ? String(value) : `a ${typeof value}`;
}

function at(path: string): string {
  return path === '' ? '' : ` at ${path.replace(/^\./, '').slice(0, 200)}`;
}
