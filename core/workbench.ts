/** What a caller has for writing scripts: languages, limits and tools, for editors and people. */
import type { Caller } from './caller.js';
import type { Workbench, WorkbenchTool } from './code-mode.js';
import type { Ending } from './ending.js';
import { inject, injectable, TOKENS } from './injection.js';
import type { Languages } from './languages.js';
import type { PolicyGate } from './policy-gate.js';
import type { BoundTool } from './tool-catalog.js';
import type { ToolDispatcher } from './tool-dispatcher.js';
import type { ToolList } from './tool-list.js';

/** Lays it out. */
@injectable()
export class Workbenches {
  readonly #languages: Languages;
  readonly #toolList: ToolList;
  readonly #policy: PolicyGate;
  readonly #dispatcher: ToolDispatcher;

  constructor(
    @inject(TOKENS.languages) languages: Languages,
    @inject(TOKENS.toolList) toolList: ToolList,
    @inject(TOKENS.policyGate) policy: PolicyGate,
    @inject(TOKENS.dispatcher) dispatcher: ToolDispatcher,
  ) {
    this.#languages = languages;
    this.#toolList = toolList;
    this.#policy = policy;
    this.#dispatcher = dispatcher;
  }

  /** Rejects with a ToolscriptError: the policy's, the dispatcher's, or the ending's reason. */
  async of(caller: Caller, ending: Ending): Promise<Workbench> {
    const languages = await ending.until(this.#policy.languagesFor(caller, this.#languages.names));
    const [runtime = this.#languages.default] = this.#languages.of(languages);
    const limits = await ending.until(this.#policy.limitsFor(caller, 'describe'));
    const { bound } = await this.#toolList.catalog(caller, ending, runtime);
    const tools = bound.map((tool) => ({
      tool: tool.tool,
      scriptName: tool.scriptName,
      signature: runtime.signature(tool),
      ...this.#originOf(tool),
    }));
    return { languages, names: [...runtime.reservedNames], limits, tools };
  }

  #originOf({ tool }: BoundTool): Pick<WorkbenchTool, 'backend'> {
    try {
      const backend = this.#dispatcher.origin?.(tool.name)?.backend;
      return backend === undefined ? {} : { backend };
    } catch {
      return {};
    }
  }
}
