/** What a manifest begins with. */
import { dirname } from 'node:path';

import type { JsonObject } from '../../../core/index.js';
import { schemaReference } from '../own-package.js';

/** What its maker chose. */
export interface BegunChoice {
  /** Whether scripts are offered. Default: true. */
  readonly codeMode?: boolean;
  /** Whether tools are found on demand. Default: false. */
  readonly optimizer?: boolean;
  /** What runs scripts. Default: `starlark`. */
  readonly runtimes?: readonly string[];
}

/** A manifest without servers, to be written to this file. */
export function begunManifest(file: string, choice: BegunChoice = {}): JsonObject {
  const { codeMode = true, optimizer = false, runtimes = [] } = choice;
  const schema = schemaReference(dirname(file));
  return {
    ...(schema !== undefined && { $schema: schema }),
    mcpServers: {},
    codeMode: {
      enabled: codeMode,
      ...(runtimes.length > 0 && { runtime: runtimes.length === 1 ? runtimes[0]! : [...runtimes] }),
    },
    ...(optimizer && { optimizer: { enabled: true } }),
  };
}
