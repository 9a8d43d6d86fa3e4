/** The module `re`, as Python has it, on an engine that matches in linear time: no lookaround, no backreferences. */
import { runtimeError } from '../../error.js';
import { Module, TextBuilder, typeName } from '../../values/index.js';
import type { Builtin, Eventual, Integer, Thread, Value } from '../../values/index.js';
import { clamped } from '../count.js';
import { builtin, byName, callingBuiltin } from '../definition.js';
import { errorClasses } from '../error-classes.js';
import { anything, int, named, optional, required, string } from '../parameter.js';
import { FLAGS, compilePattern } from './compiled.js';
import type { Anchor, Compiled } from './compiled.js';
import { withEngine } from './engine.js';
import { find, findAll, findMatches, replaced, replacedAndCounted, split } from './operations.js';
import { Pattern } from './pattern.js';

const pattern = named(required('pattern', anything));
const text = named(required('string', string));
const repl = named(required('repl', anything));
const count = named(optional('count', int));
const maxsplit = named(optional('maxsplit', int));
const flags = named(optional('flags', int));

const members: readonly Builtin[] = [
  callingBuiltin('re.compile', [pattern, flags], (thread, pattern, flags) =>
    compiled(thread, pattern, flags, (compiled) =>
      pattern instanceof Pattern ? pattern : new Pattern(thread.budget, compiled),
    ),
  ),
  builtin('re.escape', [required('pattern', string)], ({ budget }, text) => {
    const out = new TextBuilder(budget);
    budget.step(text.length);
    for (const [piece] of text.matchAll(/[^!"%',/:;<=>@`\w]|[!"%',/:;<=>@`\w]+/g)) {
      out.add(
        /^[\x20-\x7e\t\n\r\v\f]$/.test(piece) && !/^[!"%',/:;<=>@`\w]/.test(piece) ? `\\${piece}` : piece,
      );
    }
    return out.finish();
  }),
  ...(['search', 'match', 'fullmatch'] as const).map((anchor: Anchor) =>
    callingBuiltin(`re.${anchor}`, [pattern, text, flags], (thread, pattern, text, flags) =>
      compiled(thread, pattern, flags, (compiled) => find(thread, compiled, text, anchor)),
    ),
  ),
  callingBuiltin('re.findall', [pattern, text, flags], (thread, pattern, text, flags) =>
    compiled(thread, pattern, flags, (compiled) => findAll(thread, compiled, text)),
  ),
  callingBuiltin('re.finditer', [pattern, text, flags], (thread, pattern, text, flags) =>
    compiled(thread, pattern, flags, (compiled) => findMatches(thread, compiled, text)),
  ),
  callingBuiltin('re.split', [pattern, text, maxsplit, flags], (thread, pattern, text, most, flags) =>
    compiled(thread, pattern, flags, (compiled) => split(thread, compiled, text, most)),
  ),
  callingBuiltin('re.sub', [pattern, repl, text, count, flags], (thread, pattern, repl, text, count, flags) =>
    compiled(thread, pattern, flags, (compiled) => replaced(thread, compiled, repl, text, count)),
  ),
  callingBuiltin(
    're.subn',
    [pattern, repl, text, count, flags],
    (thread, pattern, repl, text, count, flags) =>
      compiled(thread, pattern, flags, (compiled) => replacedAndCounted(thread, compiled, repl, text, count)),
  ),
];

/** The flags under their long and their short names. */
const flagMembers = Object.entries(FLAGS).flatMap(([name, value]): [string, Value][] => [
  [name, value],
  [name === 'VERBOSE' ? 'X' : name.charAt(0) === 'D' ? 'S' : name.charAt(0), value],
]);

/** For the open dialect. `re.error` is the class of what is wrong with a pattern. */
export const re = new Module(
  're',
  new Map<string, Value>([
    ...byName(members),
    ...flagMembers,
    ['error', errorClasses.find(({ name }) => name === 'ValueError')!],
  ]),
);

/** Compiles a pattern when the engine is there, then goes on. */
function compiled(
  thread: Thread,
  pattern: Value,
  flags: Integer | undefined,
  then: (compiled: Compiled) => Eventual,
): Eventual {
  if (pattern instanceof Pattern) {
    if (flags === undefined || flags === 0) return then(pattern.compiled);
    throw runtimeError('re: got flags with a compiled pattern, want them in re.compile');
  }
  if (typeof pattern !== 'string') {
    throw runtimeError(`re: for parameter pattern: got ${typeName(pattern)}, want string`);
  }
  return withEngine(thread, () => then(compilePattern(thread.budget, pattern, clamped(flags ?? 0))));
}
