/** Loads Monty: an optional peer, told by name when it is not there. */
import type * as monty from '@pydantic/monty';

import { ToolscriptError } from '../../core/index.js';

const MONTY = '@pydantic/monty';

/** What Monty's package has. */
export type MontyPackage = typeof monty;

/** Rejects with `config/invalid` when the package is not there, or has no build for this machine. */
export async function loadMonty(): Promise<MontyPackage> {
  try {
    return await import('@pydantic/monty');
  } catch (cause) {
    const message = `load Monty: ${MONTY} is not there, wanted it installed beside toolscript`;
    const hint = `npm install ${MONTY}`;
    throw new ToolscriptError({ code: 'config/invalid', message, hint }, { cause });
  }
}
