/**
 * Runs one script from request to outcome: limits from the policy, a meter, the caller's tools, the
 * runtime, the gate. One ending holds it all: the wall time, the caller's leaving, the closing of the
 * composition.
 */
import type { Clock } from './clock.js';
import { SCRIPT_TOOL_NAME } from './code-mode.js';
import type { RunRequest } from './code-mode.js';
import type { Ending } from './ending.js';
import { ToolscriptError } from './error.js';
import type { EventFeed } from './events.js';
import { inject, injectable, TOKENS } from './injection.js';
import type { Languages } from './languages.js';
import type { Outcome } from './outcome.js';
import { failureOf, outcomeOf } from './output-gate.js';
import type { PolicyGate } from './policy-gate.js';
import { ScriptCalls } from './script-calls.js';
import type { ScriptPreparation } from './script-preparation.js';
import { ScriptReport } from './script-report.js';
import { ScriptRun } from './script-run.js';
import type { FindTools } from './script-run.js';
import type { Script, ScriptHost, ScriptResult, ScriptRuntime } from './script-runtime.js';
import type { ToolCaller } from './tool-caller.js';
import type { ToolFinder } from './tool-finder.js';

/** Milliseconds that a runtime has to end by itself after it was told to. */
const GRACE_MS = 250;

/** Runs scripts. */
@injectable()
export class ScriptCaller {
  readonly #languages: Languages;
  readonly #preparation: ScriptPreparation;
  readonly #toolCaller: ToolCaller;
  readonly #toolFinder: ToolFinder;
  readonly #policy: PolicyGate;
  readonly #events: EventFeed;
  readonly #report: ScriptReport;
  readonly #clock: Clock;

  constructor(
    @inject(TOKENS.languages) languages: Languages,
    @inject(TOKENS.scriptPreparation) preparation: ScriptPreparation,
    @inject(TOKENS.toolCaller) toolCaller: ToolCaller,
    @inject(TOKENS.toolFinder) toolFinder: ToolFinder,
    @inject(TOKENS.policyGate) policy: PolicyGate,
    @inject(TOKENS.events) events: EventFeed,
    @inject(TOKENS.clock) clock: Clock,
  ) {
    this.#languages = languages;
    this.#preparation = preparation;
    this.#toolCaller = toolCaller;
    this.#toolFinder = toolFinder;
    this.#policy = policy;
    this.#events = events;
    this.#report = new ScriptReport(events);
    this.#clock = clock;
  }

  /** Runs until the script or the ending is over; never rejects for a fault of script, caller or backend. */
  async run(request: RunRequest, ending: Ending): Promise<Outcome> {
    const run = new ScriptRun(request, this.#languages.default, ending, this.#clock);
    run.isTold = this.#events.isFollowed;
    run.isPrivate = run.isTold && (await this.#isPrivate(run));
    const outcome = outcomeOf(await this.#result(run), run);
    if (run.isTold) this.#report.ended(run, outcome);
    return outcome;
  }

  async #isPrivate({ caller, ending }: ScriptRun): Promise<boolean> {
    if (!this.#policy.hidesScripts || !this.#events.isShown) return false;
    return ending.until(this.#policy.showsScripts(caller)).then(
      (shows) => !shows,
      () => true,
    );
  }

  async #result(run: ScriptRun): Promise<ScriptResult> {
    try {
      if (this.#events.refusal() !== undefined) throw unrecorded();
      const script = await this.#preparation.script(run);
      const { caller, ending } = run;
      const use = { caller, use: 'script', tool: SCRIPT_TOOL_NAME } as const;
      return await this.#policy.admitted(use, ending, () => this.#execute(run, script));
    } catch (thrown) {
      return { ok: false, error: failureOf(thrown) };
    }
  }

  async #execute(run: ScriptRun, script: Script): Promise<ScriptResult> {
    const { ending } = run;
    run.isStarted = true;
    if (run.isTold) this.#report.started(run, script);
    const calls = this.#callsOf(run);
    const stop = ending.onEnd(() => void calls.end(ending.reason!));
    try {
      const result = await this.#untilGone(
        this.#start(run.runtime, script, run.host(calls, this.#findingOf(run, script))),
        ending,
      );
      return ending.reason === undefined ? result : endedResult(result, ending.reason);
    } finally {
      stop();
      await calls.end(SCRIPT_IS_OVER);
    }
  }

  #callsOf(run: ScriptRun): ScriptCalls {
    const { meter, ledger, caller, id, isTold, isPrivate, request } = run;
    const { meta, client } = request;
    const [toolCaller, events, clock] = [this.#toolCaller, this.#events, this.#clock];
    const { toldCaller } = run;
    const traced = { runId: id, requestId: request.request?.id, trace: run.trace };
    return new ScriptCalls({
      toolCaller,
      events,
      clock,
      meter,
      ledger,
      caller,
      toldCaller,
      isTold,
      isPrivate,
      meta,
      client,
      ...traced,
    });
  }

  #findingOf({ caller }: ScriptRun, { catalog }: Script): FindTools {
    return async (text, limit, ending) => {
      const search = { tools: catalog.tools, query: { text, limit }, caller, mode: 'script' } as const;
      const found = await this.#toolFinder.find(search, ending);
      return found.map((tool) => catalog.byName(tool.name)!);
    };
  }

  /** Async, so that a runtime that throws at once rejects too. */
  async #start(runtime: ScriptRuntime, script: Script, host: ScriptHost): Promise<ScriptResult> {
    return runtime.run(script, host);
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
}

const SCRIPT_IS_OVER = new ToolscriptError({ code: 'cancelled', message: 'call a tool: the script is over' });

/** The result of a run that had to end: the runtime's own words when it says why, since it knows where. */
function endedResult(result: ScriptResult, reason: ToolscriptError): ScriptResult {
  return !result.ok && result.error.code === reason.code ? result : { ok: false, error: reason };
}

/** Where something must be recorded, nothing happens that cannot be. */
function unrecorded(): ToolscriptError {
  const message = 'run: scripts cannot be recorded at the moment, which refuses';
  const hint = 'nothing was run; tell whoever operates this server, or try again later';
  return new ToolscriptError({ code: 'limit/refused', message, hint });
}
