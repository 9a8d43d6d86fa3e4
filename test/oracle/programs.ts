/** The programs that both engines are given. */
import fc from 'fast-check';
import { EXPRESSION_RULES } from './expression-rules.js';
import { textsOf } from './grammar.js';
import type { Leaves, Rules } from './grammar.js';
import { damaged, floats, integers, texts } from './leaves.js';
import { ALL_OPTIONS } from './oracle.js';
import type { OracleOptions } from './oracle.js';
import { STATEMENT_RULES } from './statement-rules.js';

/** A text, and what the dialect allows. */
export interface Program {
  readonly source: string;
  readonly options: OracleOptions;
}

/** Where one of these is wanted, anything may stand, now and then: that is how errors come about. */
const LENIENT = ['int', 'float', 'str', 'list', 'tuple', 'dict', 'set', 'bytes', 'bool'];

const LEAVES: Leaves = { drawntext: texts, drawnint: integers, drawnfloat: floats };
const RULES: Rules = { ...linesOf(EXPRESSION_RULES), ...STATEMENT_RULES };

/** A few expressions of every kind, over a few variables. */
const expressions = fc
  .tuple(
    textsOf(RULES, LEAVES, 'locals', 1),
    fc.array(textsOf(RULES, LEAVES, 'any', 5), { minLength: 1, maxLength: 3 }),
    fc.constantFrom('f1', 'f2'),
  )
  .map(([locals, texts]) => `${FUNCTIONS}${locals}\n${texts.map((text) => `see(${text})`).join('\n')}\n`);

const FUNCTIONS = `def f1(x):
    return x
def f2(x, y=1, *args, z=2, **kwargs):
    return (x, y, z, args, kwargs)
def f3(*args, **kwargs):
    return host((args, kwargs))
`;

const programs = textsOf(RULES, LEAVES, 'program', 9).map((text) => `${text}\n`);

const allOn = fc.constant(ALL_OPTIONS);
const anyOptions: fc.Arbitrary<OracleOptions> = fc.record({
  set: fc.constant(true),
  while: fc.boolean(),
  topLevelControl: fc.boolean(),
  globalReassign: fc.boolean(),
  recursion: fc.boolean(),
});

/** What the command runs, by name. */
export const FAMILIES = {
  expressions: fc.record({ source: expressions, options: allOn }),
  programs: fc.record({ source: programs, options: allOn }),
  options: fc.record({ source: programs, options: anyOptions }),
  damaged: fc.record({ source: damaged(programs), options: allOn }),
} satisfies Record<string, fc.Arbitrary<Program>>;

function linesOf(rules: Readonly<Record<string, string>>): Rules {
  return Object.fromEntries(
    Object.entries(rules).map(([kind, forms]) => [
      kind,
      forms
        .split('\n')
        .slice(1)
        .map((form) => form.trim())
        .concat(LENIENT.includes(kind) ? ['<any>'] : []),
    ]),
  );
}
