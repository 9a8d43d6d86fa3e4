/** What stands in the way of a manifest, each with its place in the file. */
import { ManifestError, type Fault, type Manifest } from '../../../core/manifest/index.js';

/** The faults, each with its place in the file. */
export function refusal(manifest: Manifest, faults: readonly Fault[], cause?: unknown): ManifestError {
  const located = faults.map((fault) => {
    const position = manifest.locate(fault.path);
    return position === undefined ? fault : { ...fault, position };
  });
  return new ManifestError(`compose ${manifest.file ?? 'the manifest'}`, located, { cause });
}
