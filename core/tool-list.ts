/** The tools of a caller, from a dispatcher that may fail. */
import type { BackendWatch } from './backend-watch.js';
import { SCRIPT_TOOL_NAME } from './code-mode.js';
import type { Ending } from './ending.js';
import type { EventFeed } from './events.js';
import { listChange } from './list-change.js';
import { ToolscriptError } from './error.js';
import { inject, injectable, TOKENS } from './injection.js';
import type { PolicyGate } from './policy-gate.js';
import type { Languages } from './languages.js';
import type { ScriptRuntime } from './script-runtime.js';
import { asToolscriptError, messageOf } from './thrown.js';
import { ToolCatalog } from './tool-catalog.js';
import type { Caller } from './caller.js';
import type { ToolDefinition, ToolDispatcher } from './tool-dispatcher.js';

/** Lists tools, and binds them for scripts. */
@injectable()
export class ToolList {
  readonly #dispatcher: ToolDispatcher;
  readonly #languages: Languages;
  readonly #policy: PolicyGate;
  readonly #events: EventFeed;
  /** What the dispatcher listed last to the first who asked: to others it may list others. */
  #last: readonly ToolDefinition[] | undefined;
  #asker: Caller | undefined;
  /** What was listed, to the same without what cannot be a tool here. */
  readonly #usable = new WeakMap<readonly ToolDefinition[], readonly ToolDefinition[]>();

  constructor(
    @inject(TOKENS.dispatcher) dispatcher: ToolDispatcher,
    @inject(TOKENS.languages) languages: Languages,
    @inject(TOKENS.policyGate) policy: PolicyGate,
    @inject(TOKENS.events) events: EventFeed,
    @inject(TOKENS.backendWatch) backends: BackendWatch,
  ) {
    this.#dispatcher = dispatcher;
    this.#languages = languages;
    this.#policy = policy;
    this.#events = events;
    backends.onChange(() => void this.#lookAgain());
  }

  /**
   * The tools that the caller may see, without one named like code mode's own; the same array as long as
   * dispatcher and policy answer the same. Rejects with the dispatcher's ToolscriptError, else
   * `backend/unavailable`, and with the ending's reason.
   */
  async tools(caller: Caller, ending: Ending): Promise<readonly ToolDefinition[]> {
    const tools = await ending.until(this.#list(caller));
    if (tools !== this.#last) this.#tellChange(tools, caller);
    const usable = this.#usable.get(tools) ?? withoutUnusable(tools);
    this.#usable.set(tools, usable);
    if (!this.#policy.hidesTools) return usable;
    return ending.until(this.#policy.visibleTools(caller, usable));
  }

  /** The same as scripts know them, in the default language unless another is said. */
  async catalog(
    caller: Caller,
    ending: Ending,
    { reservedNames }: Pick<ScriptRuntime, 'reservedNames'> = this.#languages.default,
  ): Promise<ToolCatalog> {
    return ToolCatalog.of(await this.tools(caller, ending), reservedNames);
  }

  /** Nobody may ask for a list for long: the sinks are told of what changed all the same. */
  async #lookAgain(): Promise<void> {
    if (this.#asker === undefined || !this.#events.isHeard) return;
    const tools = await this.#list(this.#asker).catch(() => this.#last!);
    if (tools !== this.#last) this.#tellChange(tools, this.#asker);
  }

  #tellChange(tools: readonly ToolDefinition[], caller: Caller): void {
    this.#asker ??= caller;
    if (caller.id !== this.#asker.id) return;
    const before = this.#last;
    this.#last = tools;
    if (before === undefined || !this.#events.isHeard) return;
    const change = listChange(before, tools);
    if (change.added + change.removed + change.changed > 0) {
      this.#events.emit('catalog.changed', { tools: tools.length, ...change });
    }
  }

  async #list(caller: Caller): Promise<readonly ToolDefinition[]> {
    try {
      const tools: unknown = await this.#dispatcher.listTools(caller);
      if (Array.isArray(tools)) return tools as readonly ToolDefinition[];
    } catch (thrown) {
      throw asToolscriptError(thrown) ?? unavailable(messageOf(thrown, 'the dispatcher failed'));
    }
    throw unavailable('the dispatcher answered no array');
  }
}

function unavailable(what: string): ToolscriptError {
  return new ToolscriptError({ code: 'backend/unavailable', message: `list the tools: ${what}` });
}

function withoutUnusable(tools: readonly ToolDefinition[]): readonly ToolDefinition[] {
  return tools.every(isUsable) ? tools : tools.filter(isUsable);
}

/** Longer names are no names: every record of a call would carry them. */
const MAX_NAME_LENGTH = 512;

function isUsable(tool: { readonly name?: unknown } | null): boolean {
  if (typeof tool?.name !== 'string' || tool.name === SCRIPT_TOOL_NAME) return false;
  return tool.name.length <= MAX_NAME_LENGTH;
}
