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
  pause: `_pause_${MARK}`,
  progress: `_progress_${MARK}`,
  search: `_search_${MARK}`,
} as const;

const DUMPS = `_dumps_${MARK}`;
const LOADS = `_loads_${MARK}`;
const TEXT = `_text_${MARK}`;
const CHECK = `_check_${MARK}`;
const PLACE = `_place_${MARK}`;
/** How deep a value may be nested where the check looks: Monty reads back no JSON deeper than 200. */
const DEEPEST = 150;
/** Characters of the path to what is no JSON. */
const LONGEST_PATH = 200;

/** Builtins that the prelude uses, by names of their own: a script may give theirs another value. */
const BUILTINS =
  'BaseException RecursionError RuntimeError TypeError ValueError dict enumerate float int isinstance len list ' +
  'min repr str tuple type';
const PY = Object.fromEntries(BUILTINS.split(' ').map((name) => [name, `_${name}_${MARK}`])) as Record<
  string,
  string
>;

/** Ends a state for good, and frees what it holds: no state has so much memory, and no script catches that. */
const THE_END = '"-" * 10**15';

/**
 * `dumps` of Monty knows no limit: `repr` does, writes as much, and shows by dots where a value is too deep.
 */
const BASE = `from json import dumps as ${DUMPS}, loads as ${LOADS}
${Object.values(PY).join(', ')} = ${Object.keys(PY).join(', ')}
def ${CHECK}(value, depth):
  if depth > ${String(DEEPEST)}:
    raise ${PY.ValueError}("the value is nested too deeply")
  if ${PY.isinstance}(value, ${PY.dict}):
    for key in value:
      ${CHECK}(value[key], depth + 1)
  elif ${PY.isinstance}(value, (${PY.list}, ${PY.tuple})):
    for item in value:
      ${CHECK}(item, depth + 1)
def ${PLACE}(value, path):
  if ${PY.isinstance}(value, ${PY.dict}):
    for key in value:
      within = f"{path}[{key!r}]"
      if not (key is None or ${PY.isinstance}(key, (${PY.str}, ${PY.int}, ${PY.float}))):
        return within
      place = ${PLACE}(value[key], within)
      if place is not None:
        return place
  elif ${PY.isinstance}(value, (${PY.list}, ${PY.tuple})):
    for index, item in ${PY.enumerate}(value):
      place = ${PLACE}(item, f"{path}[{index}]")
      if place is not None:
        return place
  elif ${PY.isinstance}(value, ${PY.float}):
    return path if value != value or value in (${PY.float}("inf"), -${PY.float}("inf")) else None
  elif not (value is None or ${PY.isinstance}(value, (${PY.str}, ${PY.int}))):
    return path
def ${TEXT}(value):
  if "..." in ${PY.repr}(value):
    ${CHECK}(value, 0)
  try:
    return ${DUMPS}(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
  except (${PY.TypeError}, ${PY.ValueError}) as error:
    try:
      place = ${PLACE}(value, "")
    except ${PY.RecursionError}:
      place = None
    where = f" at {place[:${String(LONGEST_PATH)}]}" if place else ""
    if ${PY.isinstance}(error, ${PY.TypeError}):
      raise ${PY.TypeError}(${PY.str}(error) + where)
    raise ${PY.ValueError}(${PY.str}(error) + where)
def ${HOST.answer}(value):
  return ${TEXT}(value)
`;

/** By name, what a script finds besides its tools and data. */
const OWN: ReadonlyMap<string, string> = new Map([
  ['ToolError', `ToolError = ${PY.RuntimeError}\n`],
  [
    'attempt',
    `def attempt(function, *args, **kwargs):
  try:
    return {"ok": True, "value": function(*args, **kwargs), "error": None}
  except ${PY.RuntimeError} as error:
    told = ${LOADS}(${HOST.failure}(${TEXT}(${PY.str}(error))))
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
  functions = ${PY.list}(functions)
  branch = ${HOST.fork}(${PY.len}(functions))
  if ${PY.isinstance}(branch, ${PY.str}):
    return ${LOADS}(branch)
  try:
    result = ${TEXT}(functions[branch]())
  except ${PY.BaseException} as error:
    ${HOST.fail}(${PY.type}(error).__name__, ${TEXT}(${PY.str}(error.args[0]) if error.args else ""))
    ${THE_END}
  ${HOST.join}(result)
  ${THE_END}
`,
  ],
  [
    'progress',
    `def progress(done, total=None, message=None):
  ${HOST.progress}(${TEXT}([done, total, message]))
`,
  ],
  [
    'retry',
    `def retry(f, attempts=3, delay_ms=200):
  if attempts < 1 or delay_ms < 0:
    raise ${PY.ValueError}("retry: want at least 1 for attempts and at least 0 for delay_ms")
  while True:
    try:
      return f()
    except ${PY.RuntimeError} as error:
      told = ${LOADS}(${HOST.failure}(${TEXT}(${PY.str}(error))))
      attempts -= 1
      if told is None or attempts < 1 or told["code"] in ("tool/arguments", "tool/denied", "tool/unknown"):
        raise
    ${HOST.pause}(${TEXT}(delay_ms))
    delay_ms = ${PY.min}(2 * delay_ms, 30_000)
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
