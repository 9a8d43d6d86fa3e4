/** One text of a client's configuration as it stands in a manifest: its variables in our spelling, its secrets as variables. */
import type { JsonObject } from '../../../core/index.js';
import type { ClientFormat } from '../clients/client.js';
import { afterScheme, isHarmless, isSecretName, secretSpans } from './secret-text.js';
import { variableName, type NeededVariable, type VariableNames } from './variable-names.js';

/** Whose texts are taken over. */
export interface TextOrigin {
  readonly server: string;
  readonly format: ClientFormat;
  /** What `${workspaceFolder}` means there; absent where it means the manifest's folder. */
  readonly workspace?: string | undefined;
  readonly inputs: ReadonlyMap<string, JsonObject>;
  readonly names: VariableNames;
  /** Variables of the server itself: what its program puts in place, not the client. */
  readonly ownNames: ReadonlySet<string>;
}

const REFERENCE = /\$\{([^{}]*)\}/;
const NAME = /^(?:env:)?([A-Za-z_]\w*)(?::-([^]*))?$/;
/** What a manifest understands as the client does. */
const SHARED = new Set(['workspaceFolder', 'workspaceFolderBasename', 'userHome', 'pathSeparator', '/']);

/** Takes texts over, and keeps which variables they need. */
export class TextImport {
  readonly needed: NeededVariable[] = [];
  readonly #origin: TextOrigin;

  constructor(origin: TextOrigin) {
    this.#origin = origin;
  }

  /** The value of a setting: a secret unless it is plainly none. */
  setting(name: string, value: string, kind: 'env' | 'header'): string {
    const use = `${kind} ${name}`;
    if (REFERENCE.test(value) || isHarmless(name, value)) return this.text(value, use);
    const start = kind === 'header' ? afterScheme(value) : 0;
    const wanted = kind === 'env' ? name : headerVariable(name, start > 0, this.#origin.server);
    return value.slice(0, start) + this.#secret(wanted, value.slice(start), use);
  }

  /** A program, an argument, an address: plain but for what looks like a secret. */
  text(text: string, use: string): string {
    const pieces = text.split(REFERENCE);
    if (pieces.some((piece, index) => index % 2 === 1 && this.#isForeign(piece)))
      return this.#unknown(use, text);
    return pieces
      .map((piece, index) => (index % 2 === 0 ? this.#plain(piece, use) : this.#reference(piece, use)))
      .join('');
  }

  /** An argument whose meaning the one before it tells: `--api-key`, `-e`, `--header`. */
  argument(text: string, before: string | undefined, use: string): string {
    const [, option = ''] = /^--?([A-Za-z][\w-]*)$/.exec(before ?? '') ?? [];
    if (REFERENCE.test(text) || text.startsWith('-')) return this.text(text, use);
    if (/^(?:e|env|H|header)$/.test(option)) {
      const [, start, name, value] = /^(([\w-]+)(?:=|:\s*))([^]*)$/.exec(text) ?? [];
      const kind = /^e/.test(option) ? 'env' : 'header';
      if (start !== undefined && name !== undefined && value !== undefined)
        return start + this.setting(name, value, kind);
    }
    const isSecret = isSecretName(option) && !isHarmless(option, text);
    return isSecret ? this.#secret(`${this.#origin.server}_${option}`, text, use) : this.text(text, use);
  }

  #plain(text: string, use: string): string {
    const { server } = this.#origin;
    let done = 0;
    let result = '';
    for (const { start, end, name = 'secret' } of secretSpans(text)) {
      const wanted = use.startsWith('env ') ? use.slice('env '.length) : `${server}_${name}`;
      result += escaped(text.slice(done, start)) + this.#secret(wanted, text.slice(start, end), use);
      done = end;
    }
    return result + escaped(text.slice(done));
  }

  #secret(wanted: string, value: string, use: string): string {
    const { server, names } = this.#origin;
    const name = names.take(wanted, server, value);
    this.needed.push({ name, server, use, value });
    return `\${${name}}`;
  }

  /** What only the client can put in place: its user says once what it comes to. */
  #unknown(use: string, text: string): string {
    const { server, names } = this.#origin;
    const name = names.take(use.replace(/^(?:env|header) /, ''), server, text);
    this.needed.push({ name, server, use });
    return `\${${name}}`;
  }

  #isForeign(inner: string): boolean {
    const { format } = this.#origin;
    return (
      format.expands.test(inner) && !SHARED.has(inner) && !inner.startsWith('input:') && !NAME.test(inner)
    );
  }

  #reference(inner: string, use: string): string {
    const { format, ownNames, workspace, server } = this.#origin;
    if (!format.expands.test(inner) || ownNames.has(inner)) return `$\${${inner}}`;
    if (inner === 'workspaceFolder') return workspace ?? `\${${inner}}`;
    if (SHARED.has(inner)) return `\${${inner}}`;
    if (inner.startsWith('input:')) return this.#input(inner.slice('input:'.length), use);
    const [, name = '', fallback] = NAME.exec(inner) ?? [];
    if (fallback !== undefined && secretSpans(fallback).length === 0) return `\${${name}:-${fallback}}`;
    this.needed.push({ name, server, use });
    return `\${${name}}`;
  }

  #input(id: string, use: string): string {
    const { inputs, server } = this.#origin;
    const name = variableName(id);
    const { description, default: fallback, password } = inputs.get(id) ?? {};
    if (
      typeof fallback === 'string' &&
      password !== true &&
      /^[^{}$]+$/.test(fallback) &&
      isHarmless(id, fallback)
    )
      return `\${${name}:-${fallback}}`;
    this.needed.push({ name, server, use, ...(typeof description === 'string' && { description }) });
    return `\${${name}}`;
  }
}

/** The variables that a text refers to. */
export function referencesIn(text: string, { expands }: ClientFormat): string[] {
  return text.split(REFERENCE).flatMap((inner, index) => {
    if (index % 2 === 0 || !expands.test(inner)) return [];
    const name = inner.startsWith('input:') ? variableName(inner.slice(6)) : NAME.exec(inner)?.[1];
    return name === undefined ? [] : [name];
  });
}

/** `Authorization: Bearer …` of the server search is `SEARCH_TOKEN`. */
function headerVariable(header: string, hasScheme: boolean, server: string): string {
  return `${server}_${hasScheme ? 'token' : header.replace(/^x-/i, '')}`;
}

/** What a manifest would take for a variable. */
function escaped(text: string): string {
  return text.replaceAll('${', () => '$${');
}
