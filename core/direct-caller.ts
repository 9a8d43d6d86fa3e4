/** A client's own call of one tool: the same policy, time limit and events as a script's. */
import type { RequestContext } from './code-mode.js';
import type { Ending } from './ending.js';
import { ToolscriptError } from './error.js';
import type { CallTrack } from './call-track.js';
import type { EventFeed } from './events.js';
import { tellLimit } from './limit-event.js';
import type { CallRecord } from './outcome.js';
import { toolErrorOf } from './tool-result.js';
import { traceContextOf } from './trace-context.js';
import { inject, injectable, TOKENS } from './injection.js';
import { isJsonObject } from './json.js';
import type { JsonObject } from './json.js';
import { measureJson } from './json-measure.js';
import type { Limits } from './limit-policy.js';
import type { PolicyGate } from './policy-gate.js';
import type { CallReport } from './call-report.js';
import type { PlannedCall, ToolCaller } from './tool-caller.js';
import type { BoundTool } from './tool-catalog.js';
import { ANONYMOUS } from './caller.js';
import type { Caller } from './caller.js';
import { toldCaller } from './told-caller.js';
import type { ToolResult } from './tool-dispatcher.js';
import type { ToolList } from './tool-list.js';
import { typeMet } from './type-name.js';
import { unknownTool } from './unknown-tool.js';

/** Makes direct calls. */
@injectable()
export class DirectCaller {
  readonly #toolList: ToolList;
  readonly #toolCaller: ToolCaller;
  readonly #policy: PolicyGate;
  readonly #events: EventFeed;

  constructor(
    @inject(TOKENS.toolList) toolList: ToolList,
    @inject(TOKENS.toolCaller) toolCaller: ToolCaller,
    @inject(TOKENS.policyGate) policy: PolicyGate,
    @inject(TOKENS.events) events: EventFeed,
  ) {
    this.#toolList = toolList;
    this.#toolCaller = toolCaller;
    this.#policy = policy;
    this.#events = events;
  }

  /**
   * Calls by real name. Rejects with a ToolscriptError; an error that the tool answered is a result. The
   * wall time holds for policy, list and call together.
   */
  async call(tool: string, args: JsonObject, context: RequestContext, ending: Ending): Promise<ToolResult> {
    const caller = context.caller ?? ANONYMOUS;
    const limits = await ending.until(this.#policy.limitsFor(caller, 'direct'));
    ending.endAfter(limits.wallTimeMs, () => outOfTime(tool, limits));
    const bound = await this.#bound(tool, caller, ending);
    checkArguments(tool, args);
    const { meta, onProgress, client, input } = context;
    const timeoutMs = limits.toolCallTimeoutMs;
    const track = this.#trackOf(tool, args, context, caller);
    const inTurn = this.#policy.admits
      ? (act: () => Promise<ToolResult>) =>
          this.#policy.admitted({ caller, use: 'direct', tool }, ending, act)
      : undefined;
    const planned = {
      bound,
      args,
      caller,
      mode: 'direct',
      timeoutMs,
      ending,
      meta,
      onProgress,
      client,
      input,
      inTurn,
      track,
    } as const;
    const report = await this.#toolCaller.call(planned);
    if (track !== undefined) this.#tell(track, planned, limits, report);
    if (report.answer instanceof ToolscriptError) throw report.answer;
    return report.answer;
  }

  async #bound(tool: string, caller: Caller, ending: Ending): Promise<BoundTool> {
    const catalog = await this.#toolList.catalog(caller, ending);
    const bound = catalog.byName(tool);
    if (bound !== undefined) return bound;
    throw unknownTool(tool, catalog.nearest(tool)?.tool.name);
  }

  #trackOf(
    tool: string,
    args: JsonObject,
    { request, meta }: RequestContext,
    caller: Caller,
  ): CallTrack | undefined {
    if (!this.#events.isFollowed) return undefined;
    const trace = request?.trace ?? traceContextOf(meta);
    const subject = {
      callId: crypto.randomUUID(),
      tool,
      caller: toldCaller(caller),
      mode: 'direct',
      startedMs: 0,
      ...(request !== undefined && { requestId: request.id }),
      ...(trace !== undefined && { trace }),
    } as const;
    return this.#toolCaller.track(subject, args);
  }

  #tell(track: CallTrack, { bound, ending }: PlannedCall, limits: Limits, report: CallReport): void {
    const { answer } = report;
    const error = answer instanceof ToolscriptError ? answer : toolErrorOf(bound.tool.name, answer);
    const isOutOfTime = ending.reason?.code === 'limit/wall-time';
    if (report.isTimeout || isOutOfTime) {
      const limit = report.isTimeout ? 'toolCallTimeoutMs' : 'wallTimeMs';
      tellLimit(this.#events, limit, limits, { ...track.subject, tool: bound.tool.name });
    }
    track.finished({ report, error, status: statusOf(report, error !== undefined) });
  }
}

function statusOf({ isSent, isAnswered }: CallReport, isError: boolean): CallRecord['status'] {
  if (!isError) return 'succeeded';
  return isSent && !isAnswered ? 'unknown' : 'failed';
}

function outOfTime(tool: string, { wallTimeMs }: Limits): ToolscriptError {
  const message = `call ${tool}: more than ${String(wallTimeMs)} ms`;
  return new ToolscriptError({ code: 'limit/wall-time', message, tool });
}

/** What a client sends has not passed through a script: it may be anything. */
function checkArguments(tool: string, args: unknown): void {
  const fault = isJsonObject(args)
    ? measureJson(args, Number.POSITIVE_INFINITY).fault
    : `got ${typeMet(args)}, want an object`;
  if (fault === undefined) return;
  throw new ToolscriptError({ code: 'tool/arguments', message: `call ${tool}: arguments: ${fault}`, tool });
}
