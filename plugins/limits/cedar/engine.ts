/** Loads Cedar, which is an optional package and takes a while. */
import type * as cedar from '@cedar-policy/cedar-wasm/nodejs';

import { ToolscriptError } from '../../../core/index.js';

/** What Cedar can do. */
export type Engine = (typeof cedar)['default'];

const PACKAGE = '@cedar-policy/cedar-wasm';

/** Rejects with `config/invalid` when the package is not there. */
export async function loadEngine(): Promise<Engine> {
  try {
    return (await import('@cedar-policy/cedar-wasm/nodejs')).default;
  } catch (cause) {
    const message = `load Cedar: ${PACKAGE} is not there, wanted it installed beside toolscript`;
    throw new ToolscriptError({ code: 'config/invalid', message }, { cause });
  }
}
