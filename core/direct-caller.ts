/** A client's own call of one tool: the same policy, time limit and events as a script's. */
import type { RequestContext } from './code-mode.js';
import type { Ending } from './ending.js';
import { ToolscriptError } from './error.js';
import type { EventFeed } from './events.js';
import { inject, injectable, TOKENS } from './injection.js';
import { isJsonObject } from './json.js';
import type { JsonObject } from './json.js';
import { measureJson } from './json-measure.js';
import type { Limits } from './limit-policy.js';
import type { PolicyGate } from './policy-gate.js';
import type { CallReport, ToolCaller } from './tool-caller.js';
import type { BoundTool } from './tool-catalog.js';
import { ANONYMOUS } from './caller.js';
import type { Caller } from './caller.js';
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
    } as const;
    const report = await this.#toolCaller.call(planned);
    this.#tell(tool, caller, report);
    if (report.answer instanceof ToolscriptError) throw report.answer;
    return report.answer;
  }

  async #bound(tool: string, caller: Caller, ending: Ending): Promise<BoundTool> {
    const catalog = await this.#toolList.catalog(caller, ending);
    const bound = catalog.byName(tool);
    if (bound !== undefined) return bound;
    throw unknownTool(tool, catalog.nearest(tool)?.tool.name);
  }

  #tell(tool: string, caller: Caller, { answer, queuedMs, ranMs, reason }: CallReport): void {
    const failed = answer instanceof ToolscriptError ? answer.code : 'tool/failed';
    this.#events.emit('tool.called', {
      tool,
      caller,
      mode: 'direct',
      code: answer instanceof ToolscriptError || answer.isError === true ? failed : 'ok',
      startedMs: 0,
      queuedMs,
      ranMs,
      ...(reason !== undefined && { reason }),
    });
  }
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
