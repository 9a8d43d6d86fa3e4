/** Whether this Node is one that the package runs on. */
import { createRequire } from 'node:module';

import type { Finding } from './finding.js';

/** Looks at a version such as `20.19.1`. */
export function checkNode(version: string): Finding[] {
  const { engines } = createRequire(import.meta.url)('toolscript/package.json') as {
    engines: { node: string };
  };
  const wanted = engines.node.replace(/^>=/, '');
  if (isAtLeast(version, wanted)) return [];
  return [
    {
      severity: 'error',
      subject: 'Node',
      message: `found ${version}, wanted ${wanted} or later`,
      remedy: 'install a newer one; clients may start another Node than your shell does',
    },
  ];
}

function isAtLeast(version: string, wanted: string): boolean {
  const [have, want] = [version, wanted].map((text) => text.split('.').map(Number));
  for (let part = 0; part < want!.length; part += 1) {
    const difference = (have![part] ?? 0) - want![part]!;
    if (difference !== 0) return difference > 0;
  }
  return true;
}
