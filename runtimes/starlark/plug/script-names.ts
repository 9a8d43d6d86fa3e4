/** The names that one script finds besides the language: its caller's tools, and its data. */
import type { Script, ScriptHost } from '../../../core/index.js';
import type { Predeclared } from '../engine.js';
import { DEFAULT_ENGINE_LIMITS } from '../engine.js';
import { CallSites } from './call-sites.js';
import { ToolBuiltins } from './tool-builtins.js';
import { Budget, Dict, fromJson } from '../values/index.js';
import type { Value } from '../values/index.js';
import { nameTable } from '../name-table.js';

/** The name of all data together; each of its keys is a name, too. */
export const DATA_NAME = 'data';

const SEARCH = 'in a script, tools.search("what the tool is to do") finds tools';

/** What a client calls tools by, and a script does not. */
const CLIENT_TOOLS = nameTable<string>([
  ['find_tool find_tools search_tools list_tools get_tools', SEARCH],
  ['describe_tool get_tool tool_info', 'in a script, tools.describe("name") tells of a tool'],
  ['execute_tool_script run_script', 'a script starts no other: write its lines here, in a function'],
  ['execute_tool invoke_tool use_tool', 'write call_tool("name", key=value)'],
]);

export class ScriptNames implements Predeclared {
  private readonly tools: ToolBuiltins;
  private made: Dict | null = null;

  constructor(
    private readonly script: Script,
    private readonly host: ScriptHost,
  ) {
    this.tools = new ToolBuiltins(script.catalog, host, new CallSites(script.source));
  }

  has(name: string): boolean {
    return name === DATA_NAME || Object.hasOwn(this.script.data, name) || this.tools.has(name);
  }

  /** A value is made when the script first names it. */
  get(name: string): Value | undefined {
    if (name === DATA_NAME) return this.data();
    if (Object.hasOwn(this.script.data, name)) return this.data().getString(name);
    return this.tools.get(name);
  }

  *keys(): Iterable<string> {
    yield DATA_NAME;
    yield* Object.keys(this.script.data);
    yield* this.tools.names();
  }

  hint(name: string): string | undefined {
    return CLIENT_TOOLS.get(name);
  }

  /** The data as one dict, so that `data["x"]` and `x` are the same value. Charged apart from the run. */
  private data(): Dict {
    if (this.made !== null) return this.made;
    const { meter, clock } = this.host;
    const { memoryBytes, valueBytes, steps } = meter.limits;
    const now = (): number => clock.now();
    const limits = {
      ...DEFAULT_ENGINE_LIMITS,
      memoryBytes,
      valueBytes,
      steps,
      deadline: meter.deadlineMs,
      now,
    };
    const value = fromJson(new Budget(limits), this.script.data, 'read data');
    this.made = value instanceof Dict ? value : new Dict();
    return this.made;
  }
}
