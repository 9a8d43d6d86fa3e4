/**
 * Runs one script from request to outcome: limits from the policy, a meter, the caller's tools, the
 * runtime, the gate. One ending holds it all: the wall time, the caller's leaving, the closing of the
 * composition.
 */
import type { Clock } from './clock.js';
import type { RunRequest } from './code-mode.js';
import type { Ending } from './ending.js';
import { ToolscriptError } from './error.js';
import type { EventFeed } from './events.js';
import { inject, injectable, TOKENS } from './injection.js';
import { completeLimits } from './limit-check.js';
import type { Limits } from './limit-policy.js';
import type { Outcome } from './outcome.js';
import { failureOf, outcomeOf } from './output-gate.js';
import type { PolicyGate } from './policy-gate.js';
import { ScriptCalls } from './script-calls.js';
import { checkData, checkSource } from './script-input.js';
import { ScriptRun } from './script-run.js';
import type { Script, ScriptHost, ScriptResult, ScriptRuntime } from './script-runtime.js';
import type { ToolCaller } from './tool-caller.js';
import type { ToolList } from './tool-list.js';

/** Milliseconds that a runtime has to end by itself after it was told to. */
const GRACE_MS = 250;

/** Runs scripts. */
@injectable()
export class ScriptCaller {
  readonly #runtime: ScriptRuntime;
  readonly #toolList: ToolList;
  readonly #toolCaller: ToolCaller;
  readonly #policy: PolicyGate;
  readonly #events: EventFeed;
  readonly #clock: Clock;

  constructor(
    @inject(TOKENS.runtime) runtime: ScriptRuntime,
    @inject(TOKENS.toolList) toolList: ToolList,
    @inject(TOKENS.toolCaller) toolCaller: ToolCaller,
    @inject(TOKENS.policyGate) policy: PolicyGate,
    @inject(TOKENS.events) events: EventFeed,
    @inject(TOKENS.clock) clock: Clock,
  ) {
    this.#runtime = runtime;
    this.#toolList = toolList;
    this.#toolCaller = toolCaller;
    this.#policy = policy;
    this.#events = events;
    this.#clock = clock;
  }

  /** Runs until the script or the ending is over; never rejects for a fault of script, caller or backend. */
  async run(request: RunRequest, ending: Ending): Promise<Outcome> {
    const run = new ScriptRun(request, ending, this.#clock);
    const outcome = outcomeOf(await this.#result(run), run);
    this.#events.emit('script.finished', {
      ...this.#subject(run),
      code: outcome.ok ? 'ok' : outcome.error.code,
      usage: outcome.usage,
    });
    return outcome;
  }

  async #result(run: ScriptRun): Promise<ScriptResult> {
    try {
      return await this.#execute(run, await this.#announced(run));
    } catch (thrown) {
      return { ok: false, error: failureOf(thrown) };
    }
  }

  /** Prepares, and tells of the start even when there is nothing to start. */
  async #announced(run: ScriptRun): Promise<Script> {
    try {
      return await this.#prepare(run);
    } finally {
      const { scriptBytes, tools } = run;
      this.#events.emit('script.started', { ...this.#subject(run), scriptBytes, tools });
    }
  }

  async #prepare(run: ScriptRun): Promise<Script> {
    const { request, caller, ending } = run;
    run.limitTo(await ending.until(this.#limitsOf(run)));
    run.scriptBytes = checkSource(request.script, run.meter);
    if (this.#events.isHeard) run.scriptHash = await sha256(request.script);
    const catalog = await this.#toolList.catalog(caller, ending);
    run.tools = catalog.bound.length;
    const data = checkData(request.data, catalog, this.#runtime.reservedNames, run.meter);
    return { source: request.script, data, catalog };
  }

  async #limitsOf({ caller, request }: ScriptRun): Promise<Limits> {
    return completeLimits(request.limits ?? {}, await this.#policy.limitsFor(caller, 'script'));
  }

  async #execute(run: ScriptRun, script: Script): Promise<ScriptResult> {
    const { ending } = run;
    const calls = this.#callsOf(run);
    const stop = ending.onEnd(() => void calls.end(ending.reason!));
    try {
      const result = await this.#untilGone(this.#start(script, run.host(calls)), ending);
      return ending.reason === undefined ? result : endedResult(result, ending.reason);
    } finally {
      stop();
      await calls.end(SCRIPT_IS_OVER);
    }
  }

  #callsOf(run: ScriptRun): ScriptCalls {
    const { meter, ledger, caller, id, request } = run;
    const { meta, client } = request;
    const [toolCaller, events, clock] = [this.#toolCaller, this.#events, this.#clock];
    return new ScriptCalls({ toolCaller, events, clock, meter, ledger, caller, runId: id, meta, client });
  }

  /** Async, so that a runtime that throws at once rejects too. */
  async #start(script: Script, host: ScriptHost): Promise<ScriptResult> {
    return this.#runtime.run(script, host);
  }

  /** What the runtime answers; the ending's reason when it still has not, a while after it was told to end. */
  #untilGone(running: Promise<ScriptResult>, ending: Ending): Promise<ScriptResult> {
    return new Promise((resolve, reject) => {
      let cancelTimer = (): void => undefined;
      const stop = ending.onEnd(() => {
        cancelTimer = this.#clock.after(GRACE_MS, () => {
          reject(ending.reason);
        });
      });
      running
        .finally(() => {
          stop();
          cancelTimer();
        })
        .then(resolve, reject);
    });
  }

  #subject({ id, caller, scriptHash }: ScriptRun) {
    return { runId: id, caller, scriptHash, runtime: this.#runtime.name };
  }
}

const SCRIPT_IS_OVER = new ToolscriptError({ code: 'cancelled', message: 'call a tool: the script is over' });

/** The result of a run that had to end: the runtime's own words when it says why, since it knows where. */
function endedResult(result: ScriptResult, reason: ToolscriptError): ScriptResult {
  return !result.ok && result.error.code === reason.code ? result : { ok: false, error: reason };
}

async function sha256(text: string): Promise<string> {
  const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text));
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}
