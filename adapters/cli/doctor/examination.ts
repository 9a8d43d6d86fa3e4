/** Everything that the doctor looks at, in its order. */
import { systemClock } from '../../../core/index.js';
import { readJson, type Manifest } from '../../../core/manifest/index.js';
import { textToEdit } from '../importing/written-file.js';
import { checkFiles } from './file-check.js';
import { sorted, type Finding } from './finding.js';
import { checkManifest } from './manifest-check.js';
import { checkNode } from './node-check.js';
import { checkPorts } from './port-check.js';
import { serverFindings, startServers, type ServerReport } from './server-check.js';
import { toolFindings } from './tool-check.js';

/** What there is to know. */
export interface Examination {
  readonly findings: readonly Finding[];
  readonly servers: readonly ServerReport[];
  /** Tools that clients are listed, without an optimizer. */
  readonly tools: number;
}

/** How it is gone about. */
export interface ExaminationOptions {
  readonly load: () => Promise<Manifest>;
  /** Whether servers are started. */
  readonly start: boolean;
  readonly onServer: (report: ServerReport) => void;
}

/** Looks at everything; what is at fault is a finding, never a rejection. */
export async function examine({ load, start, onServer }: ExaminationOptions): Promise<Examination> {
  const { manifest, plugins, findings } = await checkManifest(load);
  const first = [...checkNode(process.versions.node), ...findings];
  if (manifest === undefined) return { findings: sorted(first), servers: [], tools: 0 };
  const beside = [...(await checkFiles(manifest, systemClock.now())), ...(await portFindings(manifest))];
  if (plugins === undefined || !start)
    return { findings: sorted([...first, ...beside]), servers: [], tools: 0 };
  const offer = await startServers(manifest, plugins, onServer);
  const all = [
    ...first,
    ...beside,
    ...serverFindings(offer.servers, manifest),
    ...toolFindings(offer, manifest, plugins),
  ];
  return { findings: sorted(all), servers: offer.servers, tools: offer.tools.length };
}

async function portFindings(manifest: Manifest): Promise<Finding[]> {
  const text = manifest.file === undefined ? undefined : await textToEdit(manifest.file);
  return checkPorts(manifest, readJson(text ?? '{}').value);
}
