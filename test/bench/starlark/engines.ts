/** Makes both engines ready to be started. */
import { mkdtempSync, existsSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';
import { OracleMissing, nativeOracle } from '../../oracle/native-build.js';
import { EngineUnderTest } from './engine-under-test.js';

/** How to start a fresh process of each engine. */
export interface Engines {
  /** The URL of the built engine. */
  readonly door: string;
  readonly ours: () => EngineUnderTest;
  readonly native: (() => EngineUnderTest) | undefined;
}

const root = fileURLToPath(new URL('../../..', import.meta.url));

/** The engine as it is built into `dist`. */
export function engines(): Engines {
  const file = join(root, 'dist/runtimes/starlark/index.js');
  if (!existsSync(file)) throw new Error('dist is not there: npm run build');
  const door = pathToFileURL(file).href;
  const script = processScript();
  const native = nativePath();
  return {
    door,
    ours: () => new EngineUnderTest(process.execPath, [script, door]),
    native: native === undefined ? undefined : () => new EngineUnderTest(native, []),
  };
}

/** Where Go and its package are missing, there is nothing to compare with. */
function nativePath(): string | undefined {
  try {
    return nativeOracle();
  } catch (error) {
    if (!(error instanceof OracleMissing)) throw error;
    console.log(`no comparison: ${error.message}\n`);
    return undefined;
  }
}

/** The process of our engine as plain JavaScript: a loader of TypeScript would slow it down. */
function processScript(): string {
  const outfile = join(mkdtempSync(join(tmpdir(), 'toolscript-bench-')), 'engine-process.mjs');
  buildSync({
    entryPoints: [fileURLToPath(new URL('engine-process.ts', import.meta.url))],
    outfile,
    bundle: true,
    format: 'esm',
    platform: 'node',
  });
  return outfile;
}
