/**
 * What stands before a script: the functions that it finds at hand, in Python.
 *
 * The host has functions of its own in the sandbox that take and answer JSON text alone; their names cannot be
 * guessed. What a script uses is made of them. Only what the script names is there, so that most scripts begin
 * at once. A name that is called and that nobody gave a value would be a call of the host, with whatever
 * arguments: each of these is a function that says so in place.
 */
import type { ToolCatalog } from '../../../core/index.js';
import { DATA_NAME, isName, KEYWORDS } from './names.js';

/** What is behind every name of the host's, the same for one process. */
const MARK = crypto.randomUUID().slice(0, 8);

/** The names of what the host and the prelude share. */
export const HOST = {
  answer: `_answer_${MARK}`,
  call: `_call_${MARK}`,
  callNamed: `_call_named_${MARK}`,
  data: `_data_${MARK}`,
  fail: `_fail_${MARK}`,
  describe: `_describe_${MARK}`,
  failure: `_failure_${MARK}`,
  fork: `_fork_${MARK}`,
  join: `_join_${MARK}`,
  progress: `_progress_${MARK}`,
  search: `_search_${MARK}`,
} as const;

const DUMPS = `_dumps_${MARK}`;
const LOADS = `_loads_${MARK}`;
const TEXT = `_text_${MARK}`;
const CHECK = `_check_${MARK}`;
/** How deep a value may be nested where the check looks: Monty reads back no JSON deeper than 200. */
const DEEPEST = 150;

/**
 * `dumps` of Monty knows no limit: `repr` does, writes as much, and shows by dots where a value is too deep.
 */
const BASE = `from json import dumps as ${DUMPS}, loads as ${LOADS}
def ${CHECK}(value, depth):
  if depth > ${String(DEEPEST)}:
    raise ValueError("the value is nested too deeply")
  if isinstance(value, dict):
    for key in value:
      ${CHECK}(value[key], depth + 1)
  elif isinstance(value, (list, tuple)):
    for item in value:
      ${CHECK}(item, depth + 1)
def ${TEXT}(value):
  if "..." in repr(value):
    ${CHECK}(value, 0)
  return ${DUMPS}(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
def ${HOST.answer}(value):
  return ${TEXT}(value)
`;

/** By name, what a script finds besides its tools and data. */
const OWN: ReadonlyMap<string, string> = new Map([
  ['ToolError', 'ToolError = RuntimeError\n'],
  [
    'attempt',
    `def attempt(function, *args, **kwargs):
  try:
    return {"ok": True, "value": function(*args, **kwargs), "error": None}
  except RuntimeError as error:
    told = ${LOADS}(${HOST.failure}(str(error)))
    if told is None:
      raise
    return {"ok": False, "value": None, "error": told}
`,
  ],
  [
    'call_tool',
    `def call_tool(*args, **kwargs):
  return ${LOADS}(${HOST.callNamed}(${TEXT}(args), ${TEXT}(kwargs)))
`,
  ],
  [
    'parallel',
    `def parallel(functions):
  functions = list(functions)
  branch = ${HOST.fork}(len(functions))
  if isinstance(branch, str):
    return ${LOADS}(branch)
  try:
    result = ${TEXT}(functions[branch]())
  except BaseException as error:
    ${HOST.fail}(type(error).__name__, str(error.args[0]) if error.args else "")
  ${HOST.join}(result)
`,
  ],
  [
    'progress',
    `def progress(done, total=None, message=None):
  ${HOST.progress}(${TEXT}([done, total, message]))
`,
  ],
  [
    'tools_describe',
    `def tools_describe(name):
  return ${LOADS}(${HOST.describe}(${TEXT}(name)))
`,
  ],
  [
    'tools_search',
    `def tools_search(query, limit=10):
  return ${LOADS}(${HOST.search}(${TEXT}([query, limit])))
`,
  ],
]);

/** What a script names. */
export interface Surroundings {
  readonly catalog: ToolCatalog;
  /** The keys of the call's data. */
  readonly keys: readonly string[];
  /** The builtins that Monty has. */
  readonly bound: ReadonlySet<string>;
}

/** The lines before a script, whole lines all; and whether they take the data. */
export function preludeOf(
  source: string,
  around: Surroundings,
): { readonly text: string; readonly takesData: boolean } {
  const named = new Set(source.match(NAMES));
  const keys = around.keys.filter((key) => named.has(key) && isName(key));
  const takesData = keys.length > 0 || named.has(DATA_NAME);
  const parts = [BASE];
  for (const name of calledNames(source)) if (isUnknown(name, around)) parts.push(unknown(name));
  for (const name of named) parts.push(OWN.get(name) ?? toolFunction(name, around.catalog));
  if (takesData) parts.push(`${DATA_NAME} = ${LOADS}(${HOST.data})\n`);
  for (const key of keys) parts.push(`${key} = ${DATA_NAME}["${key}"]\n`);
  return { text: parts.join(''), takesData };
}

/** Every name that stands anywhere in a text, be it in a string. */
const NAMES = /[\p{ID_Start}_][\p{ID_Continue}]*/gu;
/** What may stand between a name and the parenthesis of its call, and that. */
const CALL = /(?:[\s)\\]|#[^\n\r]*[\n\r])*\(/y;

function calledNames(source: string): ReadonlySet<string> {
  const called = new Set<string>();
  for (const { 0: name, index } of source.matchAll(NAMES)) {
    CALL.lastIndex = index + name.length;
    if (CALL.test(source)) called.add(name.normalize('NFKC'));
  }
  return called;
}

function isUnknown(name: string, { catalog, bound }: Surroundings): boolean {
  const isKnown =
    bound.has(name) || KEYWORDS.has(name) || OWN.has(name) || catalog.byScriptName(name) !== undefined;
  return !isKnown && name !== DATA_NAME;
}

function unknown(name: string): string {
  return `def ${name}(*args, **kwargs): raise NameError("name '${name}' is not defined")\n`;
}

function toolFunction(name: string, catalog: ToolCatalog): string {
  if (catalog.byScriptName(name) === undefined) return '';
  const args = `"${name}", ${TEXT}(args), ${TEXT}(kwargs)`;
  return `def ${name}(*args, **kwargs): return ${LOADS}(${HOST.call}(${args}))\n`;
}
