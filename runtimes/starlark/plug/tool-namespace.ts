/** What a script finds under `tools.`: the builtins about tools, and every tool, made when it is first named. */
import type { BoundTool, ToolCatalog } from '../../../core/index.js';
import type { Builtin, Members, Value } from '../values/index.js';

export class ToolNamespace implements Members {
  constructor(
    private readonly builtins: ReadonlyMap<string, Builtin>,
    private readonly catalog: ToolCatalog,
    private readonly functionOf: (tool: BoundTool) => Value,
  ) {}

  /** A builtin before a tool of the same name. */
  get(name: string): Value | undefined {
    const builtin = this.builtins.get(name);
    if (builtin !== undefined) return builtin;
    const tool = this.catalog.byScriptName(name);
    return tool === undefined ? undefined : this.functionOf(tool);
  }

  *keys(): Iterable<string> {
    yield* this.builtins.keys();
    for (const { scriptName } of this.catalog.bound) if (!this.builtins.has(scriptName)) yield scriptName;
  }

  *values(): Iterable<Value> {
    for (const name of this.keys()) yield this.get(name)!;
  }
}
