/** Modules of Python that a script may try to import, with the way to do without them here. */
import { nameTable } from '../name-table.js';

/** What to say of whatever reaches out of the script. */
export const OUTSIDE = 'a script has no files, network, processes or environment of its own: call a tool';
const NO_CLOCK = 'a script has no clock and no random numbers: ask a tool, or pass them in as data';
const PARALLEL =
  'leave it out: a call waits for its result; parallel([lambda: f(1), lambda: f(2)]) runs calls at the same time';

/** By the name of the module. */
const HINTS = nameTable<string>([
  ['asyncio concurrent threading multiprocessing anyio trio', PARALLEL],
  ['datetime time random uuid secrets calendar zoneinfo dateutil pytz', NO_CLOCK],
  ['os sys pathlib io shutil subprocess socket http urllib requests httpx aiohttp glob tempfile', OUTSIDE],
  ['csv sqlite3 pickle zipfile yaml toml', OUTSIDE],
  ['collections', 'write d.get(key, 0) + 1 to count, d.setdefault(key, []).append(x) to group'],
  ['itertools more_itertools', 'write a comprehension, or a loop'],
  ['functools', 'write a loop; a lambda binds arguments: lambda x: f(1, x)'],
  ['operator', 'write a lambda: lambda x: x["key"]'],
  ['dataclasses pydantic attrs enum abc', 'write a dict, or struct(name=value)'],
  ['statistics numpy', 'write sum(xs) / len(xs), sorted(xs), max(xs), or math'],
  ['pandas', 'keep rows in a list of dicts'],
  ['decimal fractions', 'write int and float; integers have any size'],
  ['string textwrap', 'use the methods of strings, or an f-string'],
  ['copy', 'write list(x) or dict(x)'],
  ['pprint logging traceback warnings', 'write print(…)'],
  ['contextlib', 'write try and finally'],
  ['hashlib base64 hmac', 'ask a tool'],
]);

/** What only annotations use, which are read and ignored. */
const ANNOTATIONS: ReadonlySet<string> = new Set([
  'typing',
  'typing_extensions',
  'collections.abc',
  'types',
  '__future__',
]);

/** What to say of a module that is not there; null where its import is harmless. */
export function moduleFault(module: string): { readonly message: string; readonly hint: string } | null {
  if (ANNOTATIONS.has(module)) return null;
  return {
    message: `import: there is no module ${module}`,
    hint:
      moduleHint(module) ??
      'leave it out: tools are functions, and the modules that are there need no import',
  };
}

/** The way to do without a module, or a part of one, if it is a known one. */
export function moduleHint(module: string): string | undefined {
  return HINTS.get(module) ?? HINTS.get(module.split('.')[0]!);
}
