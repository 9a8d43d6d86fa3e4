/** The tools of the caller, as a script finds them: a function each, `call_tool`, `tools`, and `progress`. */
import type { BoundTool, JsonObject, ScriptHost, ToolCatalog } from '../../../core/index.js';
import { builtin, named, number, optional, orNone, required, string } from '../builtins/index.js';
import { Builtin, Dict, Module, toJson, toNumber } from '../values/index.js';
import type { BuiltinBody, Pending, Thread, Value } from '../values/index.js';
import { ContentBeside } from './content-beside.js';
import { engineError } from './engine-error.js';
import type { CallSites } from './call-sites.js';
import { allArguments, namedCall } from './named-call.js';
import { toolArguments } from './tool-arguments.js';
import { callToolFaults, noToolName, toolFaults } from './tool-check.js';
import { toolDescription } from './tool-description.js';
import { foundTool, unknownTool } from './tool-lookup.js';
import { ToolNamespace } from './tool-namespace.js';
import { replyValue } from './tool-reply.js';
import { toolSearch } from './tool-search.js';

/** The names that this file adds to a script, besides the tools' own. */
export const TOOL_BUILTIN_NAMES: readonly string[] = ['call_tool', 'tools', 'progress'];

/** The tools of one run as values, each made when the script first names it. */
export class ToolBuiltins {
  private readonly made = new Map<string, Value>();
  private readonly beside = new ContentBeside();
  private isFollowed = false;

  constructor(
    private readonly catalog: ToolCatalog,
    private readonly host: ScriptHost,
    private readonly sites: CallSites,
  ) {}

  /** Whether a script may use this name for a tool, or for one of the builtins about tools. */
  has(name: string): boolean {
    return TOOL_BUILTIN_NAMES.includes(name) || this.catalog.byScriptName(name) !== undefined;
  }

  /** All names that {@link has} answers yes to. */
  *names(): Iterable<string> {
    yield* TOOL_BUILTIN_NAMES;
    for (const tool of this.catalog.bound) yield tool.scriptName;
  }

  /** The value of a name; always the same one. */
  get(name: string): Value | undefined {
    const known = this.made.get(name);
    if (known !== undefined) return known;
    const value = this.make(name);
    if (value !== undefined) this.made.set(name, value);
    return value;
  }

  private make(name: string): Value | undefined {
    switch (name) {
      case 'call_tool':
        return this.callTool();
      case 'tools':
        return new Module('tools', this.namespace(), (tool) => unknownTool(this.catalog, tool, 'tools'));
      case 'progress':
        return this.progress();
      default:
        return this.toolFunction(this.catalog.byScriptName(name));
    }
  }

  private toolFunction(tool: BoundTool | undefined): Value | undefined {
    if (tool === undefined) return undefined;
    const body: BuiltinBody = (thread, args, names) => this.call(thread, tool, args, names);
    return new Builtin(tool.scriptName, body, true, undefined, (call) => toolFaults(tool, call));
  }

  private callTool(): Value {
    const body: BuiltinBody = (thread, args, names) => this.callByName(thread, args, names);
    return new Builtin('call_tool', body, true, undefined, (call) => callToolFaults(this.catalog, call));
  }

  /** `call_tool("real name", …)`: real names first, script names too. */
  private callByName(thread: Thread, given: Value[], givenNames: readonly string[]): Pending {
    const { name, args, names } = namedCall(given, givenNames);
    if (typeof name !== 'string') throw noToolName(name);
    const tool = foundTool(thread.budget, this.catalog, name, 'call_tool');
    const all = allArguments(tool, args, names);
    if (!(all instanceof Dict)) return this.call(thread, tool, args, names);
    return this.send(thread, tool, toJson(thread.budget, all, tool.scriptName) as JsonObject);
  }

  private call(thread: Thread, tool: BoundTool, args: readonly Value[], names: readonly string[]): Pending {
    return this.send(thread, tool, toolArguments(thread.budget, tool, args, names));
  }

  private send(thread: Thread, tool: BoundTool, request: JsonObject): Pending {
    const { callSite } = thread;
    const position = callSite === undefined ? undefined : this.sites.at(callSite);
    this.follow(thread);
    const answer = this.host.callTool(tool, request, position).then(
      (reply) => {
        thread.budget.beginSlice();
        return this.beside.keep(replyValue(thread.budget, reply), reply);
      },
      (error: unknown) => {
        throw engineError(error);
      },
    );
    return thread.wait(answer);
  }

  /** From the first call on, who asks what the script has used is told by its budget. */
  private follow({ budget }: Thread): void {
    if (this.isFollowed) return;
    this.isFollowed = true;
    this.host.meter.follow(() => ({ steps: budget.steps, memoryBytes: budget.memoryBytes }));
  }

  private progress(): Value {
    const parameters = [
      named(required('done', number)),
      named(optional('total', orNone(number))),
      named(optional('message', string)),
    ] as const;
    return builtin('progress', parameters, (_thread, done, total, message) => {
      const reached = toNumber(done);
      if (reached !== undefined)
        this.host.progress(reached, total == null ? undefined : toNumber(total), message);
      return null;
    });
  }

  private namespace(): ToolNamespace {
    const builtins = new Map([
      ['search', toolSearch(this.catalog, this.host)],
      ['describe', toolDescription(this.catalog)],
      ['content', this.beside.builtin],
    ]);
    return new ToolNamespace(builtins, this.catalog, ({ scriptName }) => this.get(scriptName)!);
  }
}
