/**
 * What stands between a request and its script: limits from the policy, the size of the text, a runtime, the
 * caller's tools, the data, and the policy's word on it all. A run and a check go the same way.
 */
import { SCRIPT_TOOL_NAME } from './code-mode.js';
import { inject, injectable, TOKENS } from './injection.js';
import type { Languages } from './languages.js';
import { completeLimits } from './limit-check.js';
import type { Limits } from './limit-policy.js';
import type { PolicyGate } from './policy-gate.js';
import { checkData, checkSource } from './script-input.js';
import type { ScriptRun } from './script-run.js';
import type { Script, ScriptRuntime } from './script-runtime.js';
import type { ScriptTool } from './script-tool.js';
import { sha256 } from './sha256.js';
import type { ToolCatalog } from './tool-catalog.js';
import type { ToolList } from './tool-list.js';
import { unknownTool } from './unknown-tool.js';
import { deniedError } from './verdict.js';

/** Prepares scripts. */
@injectable()
export class ScriptPreparation {
  readonly #languages: Languages;
  readonly #toolList: ToolList;
  readonly #scriptTool: ScriptTool;
  readonly #policy: PolicyGate;

  constructor(
    @inject(TOKENS.languages) languages: Languages,
    @inject(TOKENS.toolList) toolList: ToolList,
    @inject(TOKENS.scriptTool) scriptTool: ScriptTool,
    @inject(TOKENS.policyGate) policy: PolicyGate,
  ) {
    this.#languages = languages;
    this.#toolList = toolList;
    this.#scriptTool = scriptTool;
    this.#policy = policy;
  }

  /** The run is under its limits and has its runtime afterwards; rejects with a ToolscriptError. */
  async script(run: ScriptRun): Promise<Script> {
    const { request, caller, ending } = run;
    run.limitTo(await ending.until(this.#limitsOf(run)));
    run.scriptBytes = checkSource(request.script, run.meter);
    if (run.isTold) run.scriptHash = await sha256(request.script);
    run.runtime = await this.#chosen(run);
    const catalog = await this.#toolList.catalog(caller, ending, run.runtime);
    run.tools = catalog.bound.length;
    const data = checkData(request.data, catalog, run.runtime.reservedNames, run.meter);
    if (this.#policy.judgesCalls || this.#policy.hidesTools) await this.#authorize(run, catalog);
    return { source: request.script, data, catalog };
  }

  async #chosen({ caller, ending, request }: ScriptRun): Promise<ScriptRuntime> {
    const { names } = this.#languages;
    const allowed = await ending.until(this.#policy.languagesFor(caller, names));
    return this.#languages.chosen(request.language, allowed);
  }

  /** A script is a call of the tool that runs it. */
  async #authorize(run: ScriptRun, catalog: ToolCatalog): Promise<void> {
    const { caller, ending, request } = run;
    const tool = await this.#scriptTool.definition(caller, ending, { catalog });
    if (tool === undefined) throw unknownTool(SCRIPT_TOOL_NAME);
    const { script, data, language } = request;
    const args = {
      script,
      ...(data !== undefined && { data }),
      ...(language !== undefined && { language }),
    };
    const verdict = await ending.until(this.#policy.authorize({ caller, tool, args, mode: 'direct' }));
    if (verdict.allow) return;
    run.refusal = verdict.reason;
    throw deniedError(`call ${SCRIPT_TOOL_NAME}`, verdict, SCRIPT_TOOL_NAME);
  }

  async #limitsOf({ caller, request }: ScriptRun): Promise<Limits> {
    return completeLimits(request.limits ?? {}, await this.#policy.limitsFor(caller, 'script'));
  }
}
