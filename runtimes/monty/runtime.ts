/** The plug: Python as a ScriptRuntime of core. */
import type { ScriptRuntime } from '../../core/index.js';
import { loadMonty } from './package.js';
import { Execution } from './plug/execution.js';
import { BRIEF_GUIDE, EXAMPLES, GUIDE } from './plug/guide.js';
import { toolSignature } from './plug/tool-signature.js';
import { hostFailure } from './script/guest-failure.js';
import { boundNames, RESERVED_NAMES } from './script/names.js';

/** Python, in process, on Monty. Rejects with `config/invalid` when Monty is not there. */
export async function createMontyRuntime(): Promise<ScriptRuntime> {
  const monty = await loadMonty();
  const bound = boundNames(monty);
  return {
    name: 'monty',
    language: 'python',
    reservedNames: RESERVED_NAMES,
    guide: GUIDE,
    briefGuide: BRIEF_GUIDE,
    examples: EXAMPLES,
    signature: toolSignature,
    check: (script, host) => {
      try {
        return new Execution({ monty, bound }, script, host).check();
      } catch (thrown) {
        return hostFailure(thrown);
      }
    },
    run: async (script, host) => {
      try {
        return await new Execution({ monty, bound }, script, host).run();
      } catch (thrown) {
        return { ok: false, error: hostFailure(thrown) };
      }
    },
  };
}
