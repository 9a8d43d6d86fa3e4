/** Tells when the list of tools became another; not when only a backend's state did. */
import type { CodeMode } from '../../core/index.js';

/** Calls back after each change of the tools; the answer stops it. */
export function watchTools(codeMode: CodeMode, listener: () => void): () => void {
  let last = codeMode.listTools().catch(() => undefined);
  return codeMode.onChange(() => {
    const before = last;
    last = codeMode.listTools().catch(() => undefined);
    void Promise.all([before, last]).then(([old, now]) => {
      if (old !== now) listener();
    });
  });
}
