/** What a script looks for: the arguments of `tools.search`. */
import { ToolscriptError } from './error.js';
import type { Json } from './json.js';
import { LONGEST_QUERY } from './tool-index.js';

/** How many tools are answered for whom says nothing, and at the most. */
const USUAL_LIMIT = 10;
const HIGHEST_LIMIT = 50;

/** As `ScriptHost.findTools` takes it. */
export interface ScriptSearch {
  readonly text: string;
  readonly limit: number;
}

/** What the errors say in the words of a language: the name of the function, and a call of it. */
export interface SearchWords {
  readonly act: string;
  readonly example?: string;
}

/** Throws `script/runtime` for a query without words, and for a limit below 1; a limit that is no number is 10. */
export function scriptSearch(
  query: Json | undefined,
  limit: Json | undefined,
  { act, example }: SearchWords,
): ScriptSearch {
  const words = typeof query === 'string' ? query.trim() : '';
  if (words === '') {
    const message = `${act}: got no words, want what the tool is to do`;
    throw fault(message, example);
  }
  const isNumber = typeof limit === 'number' || typeof limit === 'bigint';
  const most = isNumber ? limit : USUAL_LIMIT;
  if (most < 1) throw fault(`${act}: got less than 1 for limit, want 1 to ${String(HIGHEST_LIMIT)}`);
  return {
    text: words.slice(0, LONGEST_QUERY),
    limit: most > HIGHEST_LIMIT ? HIGHEST_LIMIT : Math.floor(Number(most)),
  };
}

function fault(message: string, hint?: string): ToolscriptError {
  return new ToolscriptError({ code: 'script/runtime', message, ...(hint !== undefined && { hint }) });
}
