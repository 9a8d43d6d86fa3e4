/**
 * Writes `dist`: one file for each door of the package and for its command, and the chunks that they
 * share. A class is in one chunk only, whichever doors it comes through. Few files load several times
 * faster than one for each module of the source.
 */
import { readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));

const { bin, exports } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8')) as {
  bin: Record<string, string>;
  exports: Record<string, string>;
};

rmSync(`${root}/dist`, { recursive: true, force: true });
await build({
  absWorkingDir: root,
  entryPoints: [...Object.values(exports), ...Object.values(bin)]
    .filter((file) => file.startsWith('./dist/'))
    .map((file) => file.replace('./dist/', './').replace(/\.js$/, '.ts')),
  outbase: '.',
  outdir: 'dist',
  chunkNames: 'chunks/[hash]',
  bundle: true,
  splitting: true,
  format: 'esm',
  platform: 'node',
  target: 'node20.19',
  packages: 'external',
  logLevel: 'warning',
});
