/** String literals side by side, which are one. */
import { syntaxError } from './syntax-error.js';
import type { FormatPart, FormatString, Literal } from './tree.js';

/** One literal of several; a format string if any of them is. Bytes go with bytes only. */
export function joinedStrings(strings: readonly (Literal | FormatString)[]): Literal | FormatString {
  const first = strings[0]!;
  const { at } = first;
  for (const string of strings) {
    if (isBytes(string) !== isBytes(first)) {
      throw syntaxError(string.at, 'string: got text and bytes side by side, want one kind');
    }
  }
  if (isBytes(first)) return { kind: 'literal', at, value: { bytes: joinedBytes(strings) } };
  return strings.some(({ kind }) => kind === 'format-string')
    ? { kind: 'format-string', at, parts: strings.flatMap(partsOf) }
    : { kind: 'literal', at, value: strings.map((string) => (string as Literal).value as string).join('') };
}

function isBytes(string: Literal | FormatString): boolean {
  return bytesOf(string) !== undefined;
}

function bytesOf(string: Literal | FormatString): Uint8Array | undefined {
  if (string.kind !== 'literal' || typeof string.value !== 'object') return undefined;
  return 'bytes' in string.value ? string.value.bytes : undefined;
}

function joinedBytes(strings: readonly (Literal | FormatString)[]): Uint8Array {
  return Uint8Array.from(strings.flatMap((string) => [...(bytesOf(string) ?? [])]));
}

function partsOf(string: Literal | FormatString): readonly FormatPart[] {
  return string.kind === 'format-string' ? string.parts : [string.value as string];
}
