/** `tools.search(query, limit=10)`: the caller's tools that fit what a script looks for. */
import { scriptSearch } from '../../../core/index.js';
import type { ScriptHost, ScriptSearch, ToolCatalog } from '../../../core/index.js';
import { callingBuiltin, int, named, optional, required, string } from '../builtins/index.js';
import { fromJson } from '../values/index.js';
import type { Builtin } from '../values/index.js';
import { engineError } from './engine-error.js';
import { toolHit } from './tool-signature.js';

/** Steps of one search, besides one for each tool. */
const SEARCH_STEPS = 1_000;

const PARAMETERS = [named(required('query', string)), named(optional('limit', int))] as const;

/** The builtin, over one host. It waits as a call of a tool does. */
export function toolSearch(catalog: ToolCatalog, host: ScriptHost): Builtin {
  return callingBuiltin(NAME, PARAMETERS, (thread, query, most) => {
    const { budget } = thread;
    const { text, limit } = checked(query, most);
    budget.step(SEARCH_STEPS + catalog.bound.length);
    const answer = host.findTools(text, limit).then(
      (tools) => {
        budget.beginSlice();
        return fromJson(budget, tools.map(toolHit));
      },
      (error: unknown) => {
        throw engineError(error);
      },
    );
    return thread.wait(answer);
  });
}

const NAME = 'tools.search';

function checked(query: string, limit: number | bigint | undefined): ScriptSearch {
  try {
    return scriptSearch(query, limit, { act: NAME, example: 'tools.search("send an email")' });
  } catch (error) {
    throw engineError(error);
  }
}
