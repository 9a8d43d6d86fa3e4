/** What a script is written in: what the command line says, else what the ending of its file says. */
import { extname, relative } from 'node:path';

import type { Manifest } from '../../core/manifest/index.js';
import { DEFAULT_MANIFEST } from './manifest-option.js';
import { UsageError } from './usage-error.js';

/** The languages of the package, what runs them, and how their files end. */
const LANGUAGES = [
  { language: 'starlark', runtime: 'starlark', endings: ['.star', '.bzl'] },
  { language: 'javascript', runtime: 'quickjs', endings: ['.js', '.mjs', '.ts'] },
  { language: 'python', runtime: 'monty', endings: ['.py'] },
] as const;

/** All endings that mean a language. */
export const SCRIPT_ENDINGS: readonly string[] = LANGUAGES.flatMap(({ endings }) => endings);

/** The language of the file; undefined where its ending means none. */
export function languageOfFile(path: string): string | undefined {
  const ending = extname(path).toLowerCase();
  return LANGUAGES.find(({ endings }) => endings.some((known) => known === ending))?.language;
}

/** The `codeMode` of a manifest for scripts of these languages alone; what is none of the package's is the default. */
export function codeModeFor(...languages: readonly (string | undefined)[]): {
  readonly runtime: readonly string[];
} {
  const runtimes = new Set(languages.map((language) => runtimeOf(language) ?? LANGUAGES[0].runtime));
  return { runtime: [...runtimes] };
}

/**
 * Throws, with what to put into the manifest, where the language is one of the package and the manifest lacks it.
 * What nobody knows is told by the run.
 */
export function mustOffer(
  language: string | undefined,
  languages: readonly string[],
  { file, codeMode }: Pick<Manifest, 'file' | 'codeMode'>,
): void {
  const runtime = runtimeOf(language);
  if (language === undefined || runtime === undefined || languages.includes(language)) return;
  const names = [...codeMode.runtimes, runtime].map((name) => JSON.stringify(name)).join(', ');
  const met = `${relative('', file ?? DEFAULT_MANIFEST)} offers ${languages.join(', ')} and no ${language}`;
  throw new UsageError(`${met}, wanted "runtime": [${names}] in its codeMode, or another --language`);
}

function runtimeOf(language: string | undefined): string | undefined {
  return LANGUAGES.find((known) => known.language === language)?.runtime;
}
