/**
 * A runtime whose scripts are plans in JSON: real, and small enough to judge core without a language.
 *
 * A plan is one of `{"value": x}`, `{"data": "key"}`, `{"call": "tool", "args": {…}}`, `{"find": "words", "limit": n}`
 * (answers names), `{"all": […]}` (one after another), `{"parallel": […]}`, `{"attempt": plan}`, `{"print": "line"}`,
 * `{"progress": [done, total, message]}`, `{"wait": ms}`, `{"hang": true}` (deaf to the signal), `{"throw": true}`
 * (a fault of the runtime itself).
 */
import { ToolscriptError } from '../../core/index.js';
import type {
  Failure,
  Json,
  JsonObject,
  Script,
  ScriptHost,
  ScriptResult,
  ScriptRuntime,
} from '../../core/index.js';

type Step = (plan: JsonObject, script: Script, host: ScriptHost) => Json | Promise<Json>;

const STEPS = new Map<string, Step>([
  ['value', ({ value }) => value!],
  ['data', ({ data }, script) => script.data[data as string] ?? null],
  ['call', call],
  ['find', find],
  ['all', all],
  ['parallel', parallel],
  ['attempt', attempt],
  ['print', print],
  ['progress', progress],
  ['wait', wait],
  ['hang', () => new Promise<Json>(() => undefined)],
  ['throw', () => Promise.reject(new TypeError('plan-runtime is broken at /secret/path.ts:1'))],
]);

function print({ print: line }: JsonObject, _script: Script, host: ScriptHost): Json {
  host.print(line as string);
  return null;
}

function progress({ progress: step }: JsonObject, _script: Script, host: ScriptHost): Json {
  host.progress(...(step as [number, number?, string?]));
  return null;
}

export const RESERVED = new Set(['print', 'data', 'parallel', 'for']);

export function createPlanRuntime(changes: Partial<ScriptRuntime> = {}): ScriptRuntime {
  return {
    name: 'plan',
    reservedNames: RESERVED,
    guide: 'Scripts are plans in JSON.',
    signature: ({ scriptName, parameters }) => `${scriptName}(${parameters.join(', ')})`,
    run,
    ...changes,
  };
}

async function run(script: Script, host: ScriptHost): Promise<ScriptResult> {
  try {
    const value = await evaluate(parse(script.source), script, host);
    return { ok: true, value, text: textOf(value) };
  } catch (thrown) {
    if (!(thrown instanceof ToolscriptError)) throw thrown;
    return { ok: false, error: { ...(thrown as Failure), message: thrown.message } };
  }
}

function parse(source: string): JsonObject {
  if (source === '') return { value: null };
  try {
    return JSON.parse(source) as JsonObject;
  } catch {
    throw new ToolscriptError({
      code: 'script/syntax',
      message: 'parse: no JSON',
      position: { line: 1, column: 1 },
    });
  }
}

async function evaluate(plan: JsonObject, script: Script, host: ScriptHost): Promise<Json> {
  const step = STEPS.get(Object.keys(plan)[0] ?? '');
  if (step === undefined) throw new ToolscriptError({ code: 'script/name', message: 'run: no such step' });
  return step(plan, script, host);
}

async function call({ call: name, args = {} }: JsonObject, script: Script, host: ScriptHost): Promise<Json> {
  const bound = script.catalog.byScriptName(name as string);
  if (bound === undefined) throw new ToolscriptError({ code: 'tool/unknown', message: 'call: no such tool' });
  const reply = await host.callTool(bound, args as JsonObject);
  return 'json' in reply ? reply.json : reply.text;
}

async function find(
  { find: text, limit = 10 }: JsonObject,
  _script: Script,
  host: ScriptHost,
): Promise<Json> {
  const found = await host.findTools(text as string, limit as number);
  return found.map(({ tool }) => tool.name);
}

async function all({ all: plans }: JsonObject, script: Script, host: ScriptHost): Promise<Json> {
  const values: Json[] = [];
  for (const plan of plans as JsonObject[]) values.push(await evaluate(plan, script, host));
  return values;
}

async function parallel({ parallel: plans }: JsonObject, script: Script, host: ScriptHost): Promise<Json> {
  const branches = (plans as JsonObject[]).map((plan) => evaluate(plan, script, host));
  host.meter.report({ branches: branches.length });
  const ends = await Promise.allSettled(branches);
  return ends.map((end) => {
    if (end.status === 'rejected') throw end.reason;
    return end.value;
  });
}

async function attempt({ attempt: plan }: JsonObject, script: Script, host: ScriptHost): Promise<Json> {
  try {
    return { ok: true, value: await evaluate(plan as JsonObject, script, host) };
  } catch (thrown) {
    if (!(thrown instanceof ToolscriptError) || !thrown.code.startsWith('tool/')) throw thrown;
    return { ok: false, code: thrown.code, message: thrown.message };
  }
}

function wait(
  { wait: ms }: JsonObject,
  _script: Script,
  { clock, signal, meter }: ScriptHost,
): Promise<Json> {
  const endWait = meter.beginWait();
  return new Promise<Json>((resolve, reject) => {
    signal.addEventListener('abort', () => reject(signal.reason));
    clock.after(Number(ms), () => resolve(null));
  }).finally(endWait);
}

/** Bigints with all their digits. */
function textOf(value: Json): string {
  const marked = JSON.stringify(value, (_key, item: unknown) =>
    typeof item === 'bigint' ? `int:${item}` : item,
  );
  return marked.replace(/"int:(-?\d+)"/g, '$1');
}
