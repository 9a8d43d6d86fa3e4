/** The plug: JavaScript as a ScriptRuntime of core. */
import type { Script, ScriptHost, ScriptResult, ScriptRuntime } from '../../core/index.js';
import { loadQuickjs } from './packages.js';
import { Execution } from './plug/execution.js';
import { BRIEF_GUIDE, EXAMPLES, GUIDE } from './plug/guide.js';
import { toolSignature } from './plug/tool-signature.js';
import { SandboxPool } from './sandbox/sandbox-pool.js';
import { RESERVED_NAMES } from './script/names.js';

/** JavaScript, in process, in sandboxes of WebAssembly. Rejects with `config/invalid` when QuickJS is not there. */
export async function createQuickjsRuntime(): Promise<ScriptRuntime> {
  const pool = await SandboxPool.open(await loadQuickjs());
  return {
    name: 'quickjs',
    language: 'javascript',
    reservedNames: RESERVED_NAMES,
    guide: GUIDE,
    briefGuide: BRIEF_GUIDE,
    examples: EXAMPLES,
    signature: toolSignature,
    run: (script, host) => run(pool, script, host),
    check: async (script, host) => {
      const result = await run(pool, script, host, 'parse');
      return result.ok ? undefined : result.error;
    },
  };
}

async function run(
  pool: SandboxPool,
  script: Script,
  host: ScriptHost,
  mode: 'run' | 'parse' = 'run',
): Promise<ScriptResult> {
  const sandbox = await pool.take();
  const execution = new Execution(sandbox, script, host, mode);
  try {
    return await execution.run();
  } finally {
    host.meter.report({ ...execution.usage(), branches: 0 });
    pool.give(sandbox);
  }
}
