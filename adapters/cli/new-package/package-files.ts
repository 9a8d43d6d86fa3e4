/** The files of a package that is begun: an example of its kind, under the name that was chosen. */
import { readdir, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

/** What there is an example of. */
export const NEW_KINDS = ['runtime', 'dispatcher', 'policy', 'sink', 'index'] as const;

/** A kind of plugin that can be begun. */
export type NewKind = (typeof NEW_KINDS)[number];

/** Texts by their names in the package's folder. */
export async function packageFiles(kind: NewKind, name: string): Promise<ReadonlyMap<string, string>> {
  const own = createRequire(import.meta.url).resolve('toolscript/package.json');
  const folder = join(dirname(own), 'docs/examples/plugins', kind);
  const files = (await readdir(folder)).sort();
  const texts = files.map(async (file): Promise<[string, string]> => {
    const text = await readFile(join(folder, file), 'utf8');
    return [file, text.replaceAll(`my-${kind}`, name)];
  });
  return new Map(await Promise.all(texts));
}
