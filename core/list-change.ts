/** What became of a list of tools, in numbers. */
import { jsonText } from './json-text.js';
import type { JsonObject } from './json.js';
import type { ToolDefinition } from './tool-dispatcher.js';

/** How many came, went, and are described otherwise. */
export interface ListChange {
  readonly added: number;
  readonly removed: number;
  readonly changed: number;
}

/** From one list to the next. A definition is the same when it says the same. */
export function listChange(before: readonly ToolDefinition[], after: readonly ToolDefinition[]): ListChange {
  const old = byName(before);
  const now = byName(after);
  let [added, changed] = [0, 0];
  for (const [name, tool] of now) {
    if (!old.has(name)) added += 1;
    else if (!isSame(old.get(name)!, tool)) changed += 1;
  }
  return { added, removed: old.size - (now.size - added), changed };
}

/** A server that is read again lists what has not changed as new objects. */
function isSame(old: ToolDefinition, now: ToolDefinition): boolean {
  return old === now || jsonText(old as JsonObject) === jsonText(now as JsonObject);
}

function byName(tools: readonly ToolDefinition[]): ReadonlyMap<unknown, ToolDefinition> {
  return new Map(tools.map((tool) => [(tool as { readonly name?: unknown } | null)?.name, tool]));
}
