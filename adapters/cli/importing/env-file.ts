/** Secrets as a file of variables, as shells and `node --env-file` read it. */
import type { NeededVariable } from './variable-names.js';

/** A text with the variables put in that it does not have yet. */
export interface EnvFile {
  readonly text: string;
  /** Which have their value in it. */
  readonly names: ReadonlySet<string>;
}

/** Adds variables to the text of such a file. What no line can hold for both readers is left out. */
export function envFile(before: string, variables: readonly NeededVariable[]): EnvFile {
  const names = new Set([...before.matchAll(/^\s*(?:export\s+)?([A-Za-z_]\w*)=/gm)].map(([, name]) => name!));
  const lines: string[] = [];
  for (const { name, value } of variables) {
    const written = value === undefined ? undefined : quoted(value);
    if (written === undefined || names.has(name)) continue;
    names.add(name);
    lines.push(`${name}=${written}`);
  }
  const start = before === '' || before.endsWith('\n') ? before : `${before}\n`;
  return { text: lines.length === 0 ? before : `${start}${lines.join('\n')}\n`, names };
}

/** Between quotes within which neither reader changes anything. */
function quoted(value: string): string | undefined {
  if (/[\r\n\0]/.test(value)) return undefined;
  if (!value.includes("'")) return `'${value}'`;
  return /["$`\\]/.test(value) ? undefined : `"${value}"`;
}
