/** Finds the one tool that a script names, by its real name or its script name. */
import type { BoundTool, ToolCatalog } from '../../../core/index.js';
import { StarlarkError } from '../error.js';
import type { Budget, CallFault, Glimpse } from '../values/index.js';

/** UTF-16 units of a name that an error shows. */
const LONGEST_NAME = 100;

/** The tool of this real name, else of this script name. */
export function toolNamed(catalog: ToolCatalog, name: string): BoundTool | undefined {
  return catalog.byName(name) ?? catalog.byScriptName(name);
}

/** The same; throws `tool/unknown` with the nearest one. */
export function findTool(budget: Budget, catalog: ToolCatalog, name: string, act: string): BoundTool {
  const tool = toolNamed(catalog, name);
  if (tool !== undefined) return tool;
  budget.step(16 * catalog.bound.length);
  throw unknownTool(catalog, name, act);
}

/** What is wrong with an argument that names a tool. */
export function nameFaults(catalog: ToolCatalog, argument: Glimpse | undefined, act: string): CallFault[] {
  if (argument?.kind !== 'value' || typeof argument.value !== 'string') return [];
  if (toolNamed(catalog, argument.value) !== undefined) return [];
  return [{ error: unknownTool(catalog, argument.value, act), argument }];
}

/** The error for a name that no tool has, with the nearest one. */
export function unknownTool(catalog: ToolCatalog, name: string, act: string): StarlarkError {
  const nearest = catalog.nearest(name);
  const shown = name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name;
  return new StarlarkError('tool/unknown', `${act}: no tool named ${JSON.stringify(shown)}`, {
    tool: shown,
    hint:
      nearest === undefined
        ? 'tools.search("what the tool is to do") finds tools'
        : `did you mean ${JSON.stringify(nearest.tool.name)}?`,
  });
}
