/** `tools.search` and `tools.describe`: how a script finds tools and learns how to call them. */
import type { BoundTool, ToolCatalog } from '../../../core/index.js';
import { StarlarkError } from '../error.js';
import { builtin, required, string } from '../builtins/index.js';
import { Builtin, Dict, List, fromJson } from '../values/index.js';
import type { Budget, CallCheck, CallFault, Glimpse } from '../values/index.js';
import { toolSignature } from './tool-signature.js';

/** How many tools `tools.search` answers at the most. */
const SEARCH_LIMIT = 10;
/** UTF-16 units of a query, and of a name in an error, that are looked at. */
const LONGEST_QUERY = 1000;
const LONGEST_NAME = 100;

/** Both, over one catalog, by their names within `tools`. */
export function toolFinding(catalog: ToolCatalog): [name: string, builtin: Builtin][] {
  return [
    [
      'search',
      builtin('tools.search', [required('words', string)], ({ budget }, text) =>
        search(catalog, budget, text),
      ),
    ],
    ['describe', describing(catalog)],
  ];
}

/** `tools.describe("name")`. */
function describing(catalog: ToolCatalog): Builtin {
  const { name, body, check } = builtin('tools.describe', [required('name', string)], ({ budget }, name) => {
    const tool = findTool(budget, catalog, name, 'tools.describe');
    const answer = description(budget, tool);
    answer.set(budget, 'input_schema', fromJson(budget, tool.tool.inputSchema));
    return answer;
  });
  const checkName: CallCheck = (call) => {
    const faults = check?.(call) ?? [];
    return faults.length > 0 ? faults : nameFaults(catalog, call.args[0], name);
  };
  return new Builtin(name, body, false, undefined, checkName);
}

/** What is wrong with an argument that names a tool. */
export function nameFaults(catalog: ToolCatalog, argument: Glimpse | undefined, act: string): CallFault[] {
  if (argument?.kind !== 'value' || typeof argument.value !== 'string') return [];
  if (toolNamed(catalog, argument.value) !== undefined) return [];
  return [{ error: unknownTool(catalog, argument.value, act), argument }];
}

/** The tool of this real name, else of this script name; throws `tool/unknown` with the nearest one. */
export function findTool(budget: Budget, catalog: ToolCatalog, name: string, act: string): BoundTool {
  const tool = toolNamed(catalog, name);
  if (tool !== undefined) return tool;
  budget.step(16 * catalog.bound.length);
  throw unknownTool(catalog, name, act);
}

/** The tool of this real name, else of this script name. */
export function toolNamed(catalog: ToolCatalog, name: string): BoundTool | undefined {
  return catalog.byName(name) ?? catalog.byScriptName(name);
}

/** The error for a name that no tool has, with the nearest one. */
export function unknownTool(catalog: ToolCatalog, name: string, act: string): StarlarkError {
  const nearest = catalog.nearest(name);
  const shown = name.length > LONGEST_NAME ? `${name.slice(0, LONGEST_NAME)}…` : name;
  return new StarlarkError('tool/unknown', `${act}: no tool named ${JSON.stringify(shown)}`, {
    tool: shown,
    hint:
      nearest === undefined
        ? 'tools.search("words") finds tools'
        : `did you mean ${JSON.stringify(nearest.tool.name)}?`,
  });
}

/** The tools whose names and descriptions hold the most of the words, the best first. */
function search(catalog: ToolCatalog, budget: Budget, text: string): List {
  const words = wordsOf(text);
  budget.step(catalog.bound.length * (1 + words.length));
  const hits = catalog.bound
    .map((tool) => ({ tool, score: score(tool, words) }))
    .filter(({ score }) => score > 0)
    .sort((a, b) => b.score - a.score)
    .slice(0, SEARCH_LIMIT);
  return new List(hits.map(({ tool }) => description(budget, tool)));
}

function description(budget: Budget, tool: BoundTool): Dict {
  const answer = new Dict();
  answer.set(budget, 'name', tool.tool.name);
  answer.set(budget, 'signature', toolSignature(tool));
  answer.set(budget, 'description', tool.tool.description ?? '');
  return answer;
}

function wordsOf(text: string): string[] {
  return text
    .slice(0, LONGEST_QUERY)
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word.length > 1);
}

/** Two for a word in the name, one for a word in the description. */
function score(tool: BoundTool, words: readonly string[]): number {
  const name = tool.tool.name.toLowerCase();
  const text = (tool.tool.description ?? '').toLowerCase();
  return words.reduce((sum, word) => sum + (name.includes(word) ? 2 : 0) + (text.includes(word) ? 1 : 0), 0);
}
