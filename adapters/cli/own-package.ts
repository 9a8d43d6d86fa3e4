/** Where this package lies, and how others find its files. */
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';

/** The folder of the package that is running: absolute. */
export function packageFolder(): string {
  return dirname(createRequire(import.meta.url).resolve('toolscript/package.json'));
}

/** The script of the command `toolscript`: absolute. */
export function ownScript(): string {
  const { bin } = createRequire(import.meta.url)('toolscript/package.json') as {
    bin: { toolscript: string };
  };
  return join(packageFolder(), bin.toolscript);
}

/** Whether npx keeps the package for the moment alone. */
export function isPassing(folder: string = packageFolder()): boolean {
  return /[\\/]_npx[\\/]/.test(folder);
}

/**
 * What a manifest in this folder names as `$schema`: beside it where the package is installed there, else the
 * copy that is running. Nothing where that one will not stay.
 */
export function schemaReference(folder: string): string | undefined {
  const file = 'manifest.schema.json';
  for (let at = resolve(folder); ; at = dirname(at)) {
    const installed = join(at, 'node_modules', 'toolscript', file);
    if (existsSync(installed)) return dotted(relative(folder, installed));
    if (at === dirname(at)) break;
  }
  const own = packageFolder();
  return isPassing(own) ? undefined : pathToFileURL(join(own, file)).href;
}

function dotted(path: string): string {
  const slashed = path.replaceAll('\\', '/');
  return slashed.startsWith('.') ? slashed : `./${slashed}`;
}
