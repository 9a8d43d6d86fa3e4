/** Tells the sinks of one script: that it starts, or why it does not, and how it ends. */
import type { EndCode, ScriptSubject } from './event.js';
import type { EventContent } from './event-content.js';
import type { EventFeed } from './events.js';
import { jsonText } from './json-text.js';
import { tellLimit } from './limit-event.js';
import type { Outcome } from './outcome.js';
import type { ScriptRun } from './script-run.js';
import type { Script } from './script-runtime.js';
import { BYTES_PER_TOKEN } from './token-estimate.js';

/** The reports on the scripts of one composition. */
export class ScriptReport {
  readonly #events: EventFeed;

  constructor(events: EventFeed) {
    this.#events = events;
  }

  /** The runtime begins; the run learns its place in a trace. */
  started(run: ScriptRun, { source, data }: Script): void {
    const { scriptBytes, tools, meter } = run;
    const queuedMs = meter.usage().wallTimeMs;
    const limits = Object.freeze({ ...meter.limits });
    const payload = { scriptBytes, tools, queuedMs, limits, ...this.#subject(run) };
    run.trace = this.#events.begin('script.started', payload, (wants) => ({
      ...(wants('script') && { script: source }),
      ...(wants('data') && { data: jsonText(data) }),
    }));
  }

  /** It is over, or did not start. */
  ended(run: ScriptRun, outcome: Outcome): void {
    const { meter, id, request, trace } = run;
    const code = outcome.ok ? 'ok' : outcome.error.code;
    if (code.startsWith('limit/') && meter.met !== undefined) {
      const subject = {
        caller: run.toldCaller,
        runId: id,
        requestId: request.request?.id,
        trace,
        tool: undefined,
      };
      tellLimit(this.#events, meter.met, meter.limits, subject);
    }
    if (run.isStarted) this.#finished(run, outcome, code);
    else if (!outcome.ok) this.#refused(run, outcome);
  }

  #refused(run: ScriptRun, { error, usage }: Outcome & { readonly ok: false }): void {
    const { request, refusal } = run;
    const payload = {
      code: error.code,
      queuedMs: usage.wallTimeMs,
      ...this.#subject(run),
      ...(refusal !== undefined && { reason: refusal }),
    };
    this.#events.emit('script.refused', payload, (wants) => ({
      ...(wants('script') && typeof request.script === 'string' && { script: request.script }),
      ...(wants('error') && { error: error.message }),
    }));
  }

  #finished(run: ScriptRun, outcome: Outcome, code: EndCode): void {
    const usage = Object.freeze({ ...outcome.usage });
    const resultBytes = run.calls?.resultBytes ?? 0;
    const spared = outcome.ok ? Math.max(0, resultBytes - usage.outputBytes) : 0;
    const payload = {
      code,
      usage,
      resultBytes,
      savedTokens: Math.floor(spared / BYTES_PER_TOKEN),
      ...this.#subject(run),
      ...(!outcome.ok && placeOf(outcome)),
    };
    this.#events.emit('script.finished', payload, (wants) => ({
      ...(wants('logs') && { logs: [...outcome.logs] }),
      ...(outcome.ok ? wants('result') && { result: outcome.text } : errorOf(outcome, wants('error'))),
    }));
  }

  #subject(run: ScriptRun): ScriptSubject {
    const { id, toldCaller: caller, scriptHash, runtime, request, trace, isPrivate } = run;
    const requestId = request.request?.id;
    return {
      runId: id,
      caller,
      scriptHash,
      runtime: runtime.name,
      ...(requestId !== undefined && { requestId }),
      ...(trace !== undefined && { trace }),
      ...(isPrivate && { isPrivate }),
    };
  }
}

type Failed = Outcome & { readonly ok: false };

function placeOf({ error: { position, tool } }: Failed) {
  return {
    ...(position !== undefined && { position: Object.freeze({ ...position }) }),
    ...(tool !== undefined && { tool }),
  };
}

function errorOf({ error }: Failed, isWanted: boolean): EventContent {
  return isWanted ? { error: error.message } : {};
}
