/** Files in place of the page's, which the build makes. */
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Writes them into a folder of their own. */
export async function pageStandIn(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'toolscript-page-'));
  const names = ['index.html', 'page.js', 'page.css', 'licenses.txt', 'trace.js', 'trace.css'];
  await Promise.all(names.map((name) => writeFile(join(folder, name), `the text of ${name}`)));
  return folder;
}
