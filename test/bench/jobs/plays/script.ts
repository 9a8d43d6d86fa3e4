/** The scripts of the examples. */
import { readFileSync } from 'node:fs';

/** The text of a script in `docs/examples/jobs`. */
export function exampleScript(name: string): string {
  return readFileSync(new URL(`../../../../docs/examples/jobs/${name}.star`, import.meta.url), 'utf8');
}
