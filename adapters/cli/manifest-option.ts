/** Which manifest a command works on. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import { faultText, loadManifest, type Manifest } from '../../core/manifest/index.js';
import type { Terminal } from './terminal.js';
import { UsageError } from './usage-error.js';

/** The file that is taken when none is named, in the working folder. */
export const DEFAULT_MANIFEST = 'toolscript.json';

/** The manifest that was named, or the one of the working folder; what changes nothing in it is noted. */
export async function openManifest(named: string | undefined, terminal: Terminal): Promise<Manifest> {
  if (named === undefined && !existsSync(DEFAULT_MANIFEST)) {
    throw new UsageError(
      `found no ${DEFAULT_MANIFEST} in ${resolve()}, wanted one, or a manifest named with --config`,
    );
  }
  return noted(await loadManifest(named ?? DEFAULT_MANIFEST), terminal);
}

/** The same, but where there is no manifest, one that holds this. */
export async function openManifestIfAny(
  named: string | undefined,
  terminal: Terminal,
  otherwise: object,
): Promise<Manifest> {
  if (named === undefined && !existsSync(DEFAULT_MANIFEST)) return loadManifest(otherwise);
  return openManifest(named, terminal);
}

function noted(manifest: Manifest, terminal: Terminal): Manifest {
  for (const note of manifest.notes) terminal.warn(faultText(note));
  return manifest;
}
