/** The script that an example runs: its own, or the one that the command names. */
import { readFileSync } from 'node:fs';

/** The text of a file beside this one, or of the first argument of the program. */
export function scriptOr(file: string): string {
  const [named] = process.argv.slice(2);
  return readFileSync(named ?? new URL(file, import.meta.url), 'utf8');
}
