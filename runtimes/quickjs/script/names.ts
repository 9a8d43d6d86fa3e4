/** The names of the language: those that no tool may take, and those that a model looks for in vain. */

const KEYWORDS =
  'arguments async await break case catch class const continue debugger default delete do else enum eval export ' +
  'extends false finally for function if implements import in instanceof interface let new null package ' +
  'private protected public return static super switch this throw true try typeof undefined var void while ' +
  'with yield';

const GLOBALS =
  'AggregateError Array ArrayBuffer Atomics BigInt BigInt64Array BigUint64Array Boolean DataView Date Error ' +
  'EvalError FinalizationRegistry Float16Array Float32Array Float64Array Function Infinity Int16Array Int32Array ' +
  'Int8Array InternalError Iterator JSON Map Math NaN Number Object Promise Proxy RangeError ReferenceError ' +
  'Reflect RegExp Set SharedArrayBuffer String Symbol SyntaxError TypeError URIError Uint16Array Uint32Array ' +
  'Uint8Array Uint8ClampedArray WeakMap WeakRef WeakSet decodeURI decodeURIComponent encodeURI encodeURIComponent ' +
  'escape globalThis isFinite isNaN parseFloat parseInt performance queueMicrotask unescape';

const OWN = 'ToolError call_tool clearTimeout console data parallel print progress setTimeout sleep tools';

/** Whether a name is one of the language, or of what every script finds. */
export function isCommonName(name: string): boolean {
  return COMMON.has(name);
}

const COMMON: ReadonlySet<string> = new Set(
  [KEYWORDS, GLOBALS, OWN, 'as async from get of set'].flatMap((names) => names.split(' ')),
);

/** What a script finds besides the language, its tools and its data. */
export const OWN_NAMES: readonly string[] = OWN.split(' ');

/** Names that no tool may take; among them some that Node and browsers have, so that these keep their hint. */
export const RESERVED_NAMES: ReadonlySet<string> = new Set(
  [KEYWORDS, GLOBALS, OWN, 'fetch require process module exports window document setInterval'].flatMap(
    (names) => names.split(' '),
  ),
);

const NO_NETWORK = 'a script reaches nothing but tools: call a tool that fetches';
/** Why `import` and `export` are not there. */
export const NO_MODULES =
  'a script has no modules: JSON, Math, RegExp, Date are there, all else comes from tools';
const NO_FILES = 'a script has no files: call a tool that reads or writes them';
const SEARCH = 'await tools.search("what the tool is to do") finds tools';

/** What to write in place of a name that is not there. */
export const HINTS: ReadonlyMap<string, string> = new Map(
  (
    [
      ['fetch axios XMLHttpRequest WebSocket http https', NO_NETWORK],
      ['require module exports', NO_MODULES],
      ['fs path Deno Bun child_process', NO_FILES],
      ['process os', 'a script knows nothing of the machine; what it needs belongs into data'],
      ['window document self navigator localStorage', 'there is no browser here'],
      ['setInterval setImmediate', 'write a loop with await sleep(ms)'],
      [
        'Buffer TextEncoder TextDecoder btoa atob',
        'strings and Uint8Array are there; bytes come as base64 text',
      ],
      ['crypto', 'Math.random() is there'],
      ['structuredClone', 'write JSON.parse(JSON.stringify(value))'],
      ['URL URLSearchParams', 'write encodeURIComponent(value) and put the text together'],
      ['find_tool find_tools search_tools list_tools get_tools', SEARCH],
      ['describe_tool get_tool tool_info', 'await tools.describe("name") tells of a tool'],
      ['execute_tool_script run_script', 'a script starts no other: write its lines here, in a function'],
      ['execute_tool invoke_tool use_tool callTool', 'write await call_tool("name", { key: value })'],
    ] as const
  ).flatMap(([names, hint]) => names.split(' ').map((name) => [name, hint] as const)),
);

/** Every name that stands anywhere in a text, be it in a string. */
export function namesIn(source: string): ReadonlySet<string> {
  return new Set(source.match(/[\p{ID_Start}$_][\p{ID_Continue}$]*/gu));
}
