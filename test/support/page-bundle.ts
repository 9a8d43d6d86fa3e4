/**
 * The files of the console's page: `page.js` and `page.css` for the server, `trace.js` and `trace.css` for
 * a run as a file, and the licences of what is bundled into them.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, type BuildOptions, type BuildResult } from 'esbuild';

const root = fileURLToPath(new URL('../..', import.meta.url));
const source = `${root}/adapters/console/page`;

/** Where the files go, within the repository. */
export const PAGE_FOLDER = 'dist/adapters/console/page';

const browsers = {
  absWorkingDir: root,
  bundle: true,
  minify: true,
  platform: 'browser',
  target: ['chrome123', 'firefox121', 'safari17.5'],
  tsconfig: `${source}/tsconfig.json`,
  outdir: `${root}/${PAGE_FOLDER}`,
  write: false,
  metafile: true,
  legalComments: 'none',
  logLevel: 'warning',
} satisfies BuildOptions;

/** Builds them: their bytes by name. */
export async function pageFiles(): Promise<Map<string, Uint8Array>> {
  const built = [await bundle('page', 'main.tsx', 'esm'), await bundle('trace', 'trace.tsx', 'iife')];
  const files = built.flatMap(({ outputFiles }) =>
    outputFiles.map(({ path, contents }): [string, Uint8Array] => [basename(path), contents]),
  );
  return new Map([
    ...files,
    ['index.html', readFileSync(`${source}/index.html`)],
    ['licenses.txt', Buffer.from(licences(built.flatMap(({ metafile }) => Object.keys(metafile.inputs))))],
  ]);
}

function bundle(out: string, entry: string, format: 'esm' | 'iife'): Promise<BuildResult<typeof browsers>> {
  const entryPoints = [
    { in: `${source}/${entry}`, out },
    { in: `${source}/style/${out}.css`, out },
  ];
  return build({ ...browsers, format, entryPoints });
}

/** The licence of each package that is among the inputs of a bundle. */
function licences(inputs: readonly string[]): string {
  const names = inputs.flatMap((input) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(input)?.[1] ?? []);
  return [...new Set(names)]
    .sort()
    .map((name) => `${name}\n\n${licence(`${root}/node_modules/${name}`)}`)
    .join(`\n${'-'.repeat(78)}\n\n`);
}

function licence(folder: string): string {
  const file = existsSync(folder) ? readdirSync(folder).find((name) => /^licen[cs]e/i.test(name)) : undefined;
  if (file === undefined) throw new Error(`bundling the page: ${folder} has no licence`);
  return readFileSync(`${folder}/${file}`, 'utf8');
}
