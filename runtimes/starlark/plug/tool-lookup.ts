/** Finds the one tool that a script names, by its real name or its script name. */
import { noSuchTool } from '../../../core/index.js';
import type { BoundTool, ToolCatalog } from '../../../core/index.js';
import type { StarlarkError } from '../error.js';
import type { Budget, CallFault, Glimpse } from '../values/index.js';
import { engineError } from './engine-error.js';

const SEARCH = 'tools.search("what the tool is to do")';

/** The tool of this name; throws `tool/unknown` with the nearest one. */
export function foundTool(budget: Budget, catalog: ToolCatalog, name: string, act: string): BoundTool {
  const tool = catalog.named(name);
  if (tool !== undefined) return tool;
  budget.step(16 * catalog.bound.length);
  throw unknownTool(catalog, name, act);
}

/** What is wrong with an argument that names a tool. */
export function nameFaults(catalog: ToolCatalog, argument: Glimpse | undefined, act: string): CallFault[] {
  if (argument?.kind !== 'value' || typeof argument.value !== 'string') return [];
  if (catalog.named(argument.value) !== undefined) return [];
  return [{ error: unknownTool(catalog, argument.value, act), argument }];
}

/** The error for a name that no tool has, with the nearest one. */
export function unknownTool(catalog: ToolCatalog, name: string, act: string): StarlarkError {
  return engineError(noSuchTool(catalog, name, { act, search: SEARCH }));
}
