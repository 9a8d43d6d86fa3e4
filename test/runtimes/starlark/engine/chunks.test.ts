/**
 * Runs the `.star` files of this folder. A file is cut into chunks by lines of `---`; each chunk is a
 * script of its own. A line that ends in `### "pattern"` is where the chunk must fail, with a message
 * that matches. `assert_eq(x, y)` compares; `fails(f)` gives the message of the error that `f()` raises.
 */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { Builtin, positionOf, repr, runStarlark, runtimeError } from '../../../../runtimes/starlark/index.js';
import { OPEN_DIALECT, STRICT_DIALECT } from '../../../../runtimes/starlark/index.js';
import type { StarlarkError, Value } from '../../../../runtimes/starlark/index.js';
import { fails } from './fails.js';
import { equals, freeze } from '../../../../runtimes/starlark/values/index.js';

const EXPECTED = /### "(.*)"$/;

const HELPERS = new Map<string, Value>(
  [
    new Builtin('assert_eq', ({ budget }, [x, y]) => {
      if (equals(budget, x!, y!)) return null;
      throw runtimeError(`assert_eq: ${repr(budget, x!)} is not ${repr(budget, y!)}`);
    }),
    fails,
    new Builtin('freeze', (_thread, [x]) => (freeze(x!), x!)),
    new Builtin('host', (thread, [x]) => thread.wait(Promise.resolve(x!)), true),
  ].map((builtin) => [builtin.name, builtin]),
);

const folder = join(import.meta.dirname, 'chunks');

for (const file of readdirSync(folder)) {
  describe(file, () => {
    for (const [line, chunk] of chunksOf(readFileSync(join(folder, file), 'utf8'))) {
      it(`line ${String(line)}: ${chunk.trim().split('\n')[0]!}`, async () => {
        expect(await faultsOf(chunk, file.includes('strict'))).to.deep.equal([]);
      });
    }
  });
}

function* chunksOf(text: string): Iterable<[line: number, chunk: string]> {
  let line = 1;
  for (const chunk of text.split(/^---\n/m)) {
    yield [line, chunk];
    line += chunk.split('\n').length;
  }
}

/** Everything that went otherwise than the chunk says. */
async function faultsOf(chunk: string, strict: boolean): Promise<string[]> {
  const wanted = new Map<number, RegExp>();
  chunk.split('\n').forEach((line, index) => {
    const pattern = EXPECTED.exec(line)?.[1];
    if (pattern !== undefined) wanted.set(index + 1, new RegExp(pattern));
  });
  const result = await runStarlark(chunk, {
    predeclared: HELPERS,
    dialect: strict ? STRICT_DIALECT : { ...OPEN_DIALECT, preflight: false },
  });
  const faults: string[] = [];
  for (const error of result.ok ? [] : [result.error, ...result.error.also]) {
    const line = lineOf(error, chunk);
    if (wanted.get(line)?.test(error.message) === true) wanted.delete(line);
    else faults.push(`line ${String(line)}: ${error.message}`);
  }
  for (const [line, pattern] of wanted) faults.push(`line ${String(line)}: no error like ${String(pattern)}`);
  return faults;
}

function lineOf({ at }: StarlarkError, source: string): number {
  return at === undefined ? 0 : positionOf(source, at).line;
}
