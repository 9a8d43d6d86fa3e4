/** Compiled patterns as values. */
import { runtimeError } from '../../error.js';
import { HostValue } from '../../values/index.js';
import type { Budget, Builtin, Value } from '../../values/index.js';
import { callingBuiltin } from '../definition.js';
import { anything, int, named, optional, required, string } from '../parameter.js';
import type { Anchor, Compiled } from './compiled.js';
import { find, findAll, findMatches, replaced, replacedAndCounted, split } from './operations.js';

const BYTES = 100;
const text = named(required('string', string));
const repl = named(required('repl', anything));
const count = named(optional('count', int));
const maxsplit = named(optional('maxsplit', int));

/** What `re.compile` answers. */
export class Pattern extends HostValue {
  constructor(
    budget: Budget,
    readonly compiled: Compiled,
  ) {
    super();
    budget.allocate(BYTES);
  }

  get typeName(): string {
    return 're.Pattern';
  }

  fields(): Iterable<string> {
    return [...MEMBERS.keys()];
  }

  field(name: string): Value | undefined {
    return MEMBERS.get(name)?.(this.compiled);
  }

  assign(): never {
    throw runtimeError('a pattern does not change');
  }

  operate(): undefined {
    return undefined;
  }
}

type Member = (compiled: Compiled) => Value;

function finder(name: Anchor): [string, Member] {
  return [
    name,
    (compiled): Builtin => callingBuiltin(name, [text], (thread, text) => find(thread, compiled, text, name)),
  ];
}

const MEMBERS: ReadonlyMap<string, Member> = new Map<string, Member>([
  finder('search'),
  finder('match'),
  finder('fullmatch'),
  [
    'findall',
    (compiled) => callingBuiltin('findall', [text], (thread, text) => findAll(thread, compiled, text)),
  ],
  [
    'finditer',
    (compiled) => callingBuiltin('finditer', [text], (thread, text) => findMatches(thread, compiled, text)),
  ],
  [
    'split',
    (compiled) =>
      callingBuiltin('split', [text, maxsplit], (thread, text, most) => split(thread, compiled, text, most)),
  ],
  [
    'sub',
    (compiled) =>
      callingBuiltin('sub', [repl, text, count], (thread, repl, text, count) =>
        replaced(thread, compiled, repl, text, count),
      ),
  ],
  [
    'subn',
    (compiled) =>
      callingBuiltin('subn', [repl, text, count], (thread, repl, text, count) =>
        replacedAndCounted(thread, compiled, repl, text, count),
      ),
  ],
  ['pattern', (compiled) => compiled.source],
  ['flags', (compiled) => compiled.flags],
  ['groups', (compiled) => compiled.groups],
]);
