/** `tools.search(query, limit=10)`: the caller's tools that fit what a script looks for. */
import { LONGEST_QUERY, oneLine } from '../../../core/index.js';
import type { BoundTool, ScriptHost, ToolCatalog } from '../../../core/index.js';
import { callingBuiltin, int, named, optional, required, string } from '../builtins/index.js';
import { runtimeError } from '../error.js';
import { fromJson } from '../values/index.js';
import type { Builtin, Value } from '../values/index.js';
import { engineError } from './engine-error.js';
import { toolSignature } from './tool-signature.js';

/** How many tools are answered for whom says nothing, and at the most. */
const USUAL_LIMIT = 10;
const HIGHEST_LIMIT = 50;
/** UTF-16 units of a signature and of a description: a search is read as a list. */
const SIGNATURE_LENGTH = 300;
const DESCRIPTION_LENGTH = 200;
/** Steps of one search, besides one for each tool. */
const SEARCH_STEPS = 1_000;

const PARAMETERS = [named(required('query', string)), named(optional('limit', int))] as const;

/** The builtin, over one host. It waits as a call of a tool does. */
export function toolSearch(catalog: ToolCatalog, host: ScriptHost): Builtin {
  return callingBuiltin(NAME, PARAMETERS, (thread, query, limit = USUAL_LIMIT) => {
    const { budget } = thread;
    const most = checkedLimit(limit);
    checkQuery(query);
    budget.step(SEARCH_STEPS + catalog.bound.length);
    const answer = host.findTools(query.slice(0, LONGEST_QUERY), most).then(
      (tools) => {
        budget.beginSlice();
        return fromJson(budget, tools.map(hit));
      },
      (error: unknown) => {
        throw engineError(error);
      },
    );
    return thread.wait(answer);
  });
}

const NAME = 'tools.search';

function hit(tool: BoundTool) {
  const { name, description } = tool.tool;
  return {
    name,
    signature: toolSignature(tool, SIGNATURE_LENGTH),
    description: typeof description === 'string' ? oneLine(description, DESCRIPTION_LENGTH) : '',
  };
}

function checkedLimit(limit: Value): number {
  if (typeof limit === 'number' && limit >= 1) return Math.min(limit, HIGHEST_LIMIT);
  if (typeof limit === 'bigint' && limit > 0n) return HIGHEST_LIMIT;
  throw runtimeError(`${NAME}: got less than 1 for limit, want 1 to ${String(HIGHEST_LIMIT)}`);
}

function checkQuery(query: string): void {
  if (query.trim() !== '') return;
  throw runtimeError(`${NAME}: got no words, want what the tool is to do`, 'tools.search("send an email")');
}
