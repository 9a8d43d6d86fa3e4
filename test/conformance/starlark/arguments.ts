/** What the command is given: a checkout of each suite. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

/** Where the suites lie. */
export interface Checkouts {
  readonly starlarkGo: string;
  readonly starlark: string;
}

/** Said instead of running: the command cannot be understood. */
export class Misuse extends Error {}

const USAGE = 'usage: npm run conformance:starlark -- --starlark-go DIR --starlark DIR';

/** Reads the command line; throws {@link Misuse}. */
export function checkoutsFrom(args: readonly string[]): Checkouts {
  const { 'starlark-go': starlarkGo, starlark } = optionsOf(args);
  return {
    starlarkGo: checkout('--starlark-go', starlarkGo, 'github.com/google/starlark-go', 'starlark/testdata'),
    starlark: checkout('--starlark', starlark, 'github.com/bazelbuild/starlark', 'test_suite/testdata'),
  };
}

function optionsOf(args: readonly string[]): { 'starlark-go'?: string; starlark?: string } {
  const text = { type: 'string' } as const;
  try {
    return parseArgs({ args: [...args], options: { 'starlark-go': text, starlark: text } }).values;
  } catch (error) {
    throw new Misuse(`${(error as Error).message}\n${USAGE}`);
  }
}

/** A folder that is there and holds what a checkout of the repository holds. */
function checkout(option: string, path: string | undefined, repository: string, within: string): string {
  if (path === undefined || path === '')
    throw new Misuse(`${option} is missing: a checkout of ${repository}\n${USAGE}`);
  if (!existsSync(path)) throw new Misuse(`${option} ${path}: there is no such folder`);
  if (!existsSync(join(path, within))) {
    throw new Misuse(`${option} ${path}: no ${within} in it, so it is no checkout of ${repository}`);
  }
  return path;
}
