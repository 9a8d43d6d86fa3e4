/** The plug: Starlark as a ScriptRuntime of core. */
import type { Script, ScriptHost, ScriptResult, ScriptRuntime } from '../../../core/index.js';
import { openUniverse } from '../builtins/index.js';
import { COORDINATION_NAMES, execute, prepare } from '../engine.js';
import type { ExecuteOptions, Execution, Prepared } from '../engine.js';
import { engineError } from './engine-error.js';
import { failureFrom } from './failure.js';
import { BRIEF_GUIDE, EXAMPLES, GUIDE } from './guide.js';
import { nextTurn } from '../schedule/index.js';
import { OPEN_DIALECT, STRICT_DIALECT, WORDS } from '../syntax/index.js';
import type { Dialect } from '../syntax/dialect.js';
import { DATA_NAME, ScriptNames } from './script-names.js';
import { TOOL_BUILTIN_NAMES } from './tool-builtins.js';
import { toolSignature } from './tool-signature.js';
import { encodeJson, toJson } from '../values/index.js';

export interface StarlarkOptions {
  /** `open` is what models write, and the default; `strict` is the specification alone. */
  readonly dialect?: 'open' | 'strict';
}

/** Starlark, in process. */
export function createStarlarkRuntime(options: StarlarkOptions = {}): ScriptRuntime {
  const dialect = options.dialect === 'strict' ? STRICT_DIALECT : OPEN_DIALECT;
  return {
    name: 'starlark',
    reservedNames: RESERVED_NAMES,
    guide: GUIDE,
    briefGuide: BRIEF_GUIDE,
    examples: EXAMPLES,
    signature: toolSignature,
    check: (script, host) => {
      try {
        read(script, host, dialect);
        return undefined;
      } catch (error) {
        return failureFrom(engineError(error), script.source, host.meter);
      }
    },
    run: async (script, host) => {
      try {
        const prepared = read(script, host, dialect);
        if (script.source.length > LONG_SCRIPT) await new Promise<void>(nextTurn);
        host.signal.throwIfAborted();
        return await run(prepared, script, host);
      } catch (error) {
        return { ok: false, error: failureFrom(engineError(error), script.source, host.meter) };
      }
    },
  };
}

/** UTF-16 units from which on the event loop breathes between reading a script and compiling it. */
const LONG_SCRIPT = 1 << 15;

/** Names that no tool may take; the same for both dialects, so that a tool has one name. */
const RESERVED_NAMES: ReadonlySet<string> = new Set([
  ...WORDS.keys(),
  ...openUniverse.keys(),
  ...COORDINATION_NAMES,
  ...TOOL_BUILTIN_NAMES,
  DATA_NAME,
]);

/** Reads a script, over the names that it finds; throws the first fault of all that can be told now. */
function read(script: Script, host: ScriptHost, dialect: Dialect): Prepared {
  return prepare(script.source, { dialect, predeclared: new ScriptNames(script, host) });
}

/** Runs what was read, and answers its value in both forms; what that costs is charged to the run. */
async function run(prepared: Prepared, script: Script, host: ScriptHost): Promise<ScriptResult> {
  const execution = execute(prepared, executeOptions(host));
  const stopListening = cancelOnAbort(execution, host.signal);
  const ending = await execution.result;
  stopListening();
  try {
    if (!ending.ok) throw ending.error;
    execution.budget.beginSlice();
    const text = encodeJson(execution.budget, ending.value, RETURNING);
    return { ok: true, text, value: toJson(execution.budget, ending.value, RETURNING) };
  } catch (error) {
    return { ok: false, error: failureFrom(engineError(error), script.source, host.meter) };
  } finally {
    const { steps, memoryBytes } = execution.budget;
    host.meter.report({ steps, memoryBytes, branches: ending.usage.branches });
  }
}

const RETURNING = 'return the result';

function executeOptions(host: ScriptHost): ExecuteOptions {
  const { meter, clock } = host;
  const { steps, memoryBytes, valueBytes, callDepth } = meter.limits;
  return {
    clock,
    limits: { steps, memoryBytes, valueBytes, callDepth, wallTimeMs: meter.deadlineMs - clock.now() },
    print: (line) => {
      try {
        host.print(line);
      } catch (error) {
        throw engineError(error);
      }
    },
  };
}

/** Ends the run with the reason of the abort; the answer stops listening. */
function cancelOnAbort(execution: Execution, signal: AbortSignal): () => void {
  const cancel = (): void => {
    execution.cancel(engineError(signal.reason));
  };
  if (signal.aborted) cancel();
  signal.addEventListener('abort', cancel, { once: true });
  return () => {
    signal.removeEventListener('abort', cancel);
  };
}
