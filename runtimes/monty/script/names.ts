/** The names of the language: those that no tool may take, and those that a model looks for in vain. */
import type { MontyPackage } from '../package.js';

/** Words that are no names. */
export const KEYWORDS: ReadonlySet<string> = new Set(
  (
    'False None True and as assert async await break class continue def del elif else except finally for from ' +
    'global if import in is lambda nonlocal not or pass raise return try while with yield'
  ).split(' '),
);

const BUILTINS = (
  'abs aiter all anext any ascii bin bool breakpoint bytearray bytes callable chr classmethod compile complex ' +
  'delattr dict dir divmod enumerate eval exec exit filter float format frozenset getattr globals hasattr hash ' +
  'help hex id input int isinstance issubclass iter len list locals map max memoryview min next object oct open ' +
  'ord pow print property quit range repr reversed round set setattr slice sorted staticmethod str sum super ' +
  'tuple type vars zip Ellipsis NotImplemented __debug__ __file__ __import__ __name__ ArithmeticError ' +
  'AssertionError AttributeError BaseException BaseExceptionGroup BlockingIOError BrokenPipeError BufferError ' +
  'BytesWarning ChildProcessError ConnectionAbortedError ConnectionError ConnectionRefusedError ' +
  'ConnectionResetError DeprecationWarning EOFError EncodingWarning EnvironmentError Exception ExceptionGroup ' +
  'FileExistsError FileNotFoundError FloatingPointError FutureWarning GeneratorExit IOError ImportError ' +
  'ImportWarning IndentationError IndexError InterruptedError IsADirectoryError KeyError KeyboardInterrupt ' +
  'LookupError MemoryError ModuleNotFoundError NameError NotADirectoryError NotImplementedError OSError ' +
  'OverflowError PendingDeprecationWarning PermissionError ProcessLookupError PythonFinalizationError ' +
  'RecursionError ReferenceError ResourceWarning RuntimeError RuntimeWarning StopAsyncIteration StopIteration ' +
  'SyntaxError SyntaxWarning SystemError SystemExit TabError TimeoutError TypeError UnboundLocalError ' +
  'UnicodeDecodeError UnicodeEncodeError UnicodeError UnicodeTranslateError UnicodeWarning UserWarning ' +
  'ValueError Warning ZeroDivisionError'
).split(' ');

/** What a script finds besides the language, its tools and its data. */
export const OWN_NAMES: readonly string[] =
  'ToolError attempt call_tool parallel progress retry tools_describe tools_search'.split(' ');

/** The name of all data together; each of its keys is a name, too. */
export const DATA_NAME = 'data';

/** Modules that scripts import: a tool of that name would hide one. */
const MODULES = 'asyncio datetime json math os pathlib re sys typing'.split(' ');

/** Names that no tool may take. */
export const RESERVED_NAMES: ReadonlySet<string> = new Set([
  ...KEYWORDS,
  ...BUILTINS,
  ...OWN_NAMES,
  ...MODULES,
  DATA_NAME,
  'tools',
]);

/** Those of Python's builtins that Monty has: it is asked for each. */
export function boundNames({ Monty, MontyNameLookup }: MontyPackage): ReadonlySet<string> {
  return new Set(BUILTINS.filter((name) => !(new Monty(name).start() instanceof MontyNameLookup)));
}

/** A name as Python writes it, in ASCII. */
export function isName(text: string): boolean {
  return /^[A-Za-z_][A-Za-z0-9_]*$/.test(text) && !KEYWORDS.has(text);
}

const SEARCH = 'tools_search("what the tool is to do") finds tools';
const NO_FILES = 'a script has no files: call a tool that reads or writes them';
const NO_NETWORK = 'a script reaches nothing but tools: call a tool that fetches';

/** What to write in place of a name or a module that is not there. */
export const NAME_HINTS: ReadonlyMap<string, string> = new Map(
  (
    [
      ['tools', `${SEARCH}; tools_describe("name") tells of one`],
      ['find_tool find_tools search_tools list_tools get_tools', SEARCH],
      ['describe_tool get_tool tool_info', 'tools_describe("name") tells of a tool'],
      ['execute_tool_script run_script', 'a script starts no other: write its lines here, in a function'],
      ['execute_tool invoke_tool use_tool', 'write call_tool("name", key=value)'],
      ['open shutil tempfile glob io', NO_FILES],
      ['requests urllib httpx aiohttp socket http', NO_NETWORK],
      ['eval exec compile __import__ globals locals vars', 'a script makes no code: write it out'],
      ['callable', 'try the call, or isinstance'],
      ['input', 'what a script needs belongs into data'],
      ['exit quit', 'write return at top level'],
      ['time', 'a script has no clock but datetime.datetime.now()'],
      ['collections', 'dict, list and set are there: d.setdefault(key, []).append(x)'],
      ['itertools functools', 'write a loop or a comprehension'],
      ['concurrent threading multiprocessing', 'parallel([lambda: a(), lambda: b()]) runs at the same time'],
      ['numpy pandas', 'json, math, re and datetime are there, all else comes from tools'],
    ] as const
  ).flatMap(([names, hint]) => names.split(' ').map((name) => [name, hint] as const)),
);
