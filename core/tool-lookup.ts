/** The one tool that a script names in a value. */
import { ToolscriptError } from './error.js';
import type { BoundTool, ToolCatalog } from './tool-catalog.js';

/** UTF-16 units of a name that an error shows. */
const LONGEST_NAME = 100;

/** What the error for a name that no tool has says in the words of a language. */
export interface LookupWords {
  /** What the script did, e.g. `call_tool`. */
  readonly act: string;
  /** A search as the script would write it; it is told where no name is near. */
  readonly search: string;
}

/** The tool of this real name, else of this script name; throws `tool/unknown` with the nearest one. */
export function findTool(catalog: ToolCatalog, name: string, words: LookupWords): BoundTool {
  const tool = catalog.named(name);
  if (tool === undefined) throw noSuchTool(catalog, name, words);
  return tool;
}

/** The error for a name that no tool has. */
export function noSuchTool(
  catalog: ToolCatalog,
  name: string,
  { act, search }: LookupWords,
): ToolscriptError {
  const nearest = catalog.nearest(name);
  const shown = name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name;
  return new ToolscriptError({
    code: 'tool/unknown',
    message: `${act}: no tool named ${JSON.stringify(shown)}`,
    tool: shown,
    hint:
      nearest === undefined ? `${search} finds tools` : `did you mean ${JSON.stringify(nearest.tool.name)}?`,
  });
}
