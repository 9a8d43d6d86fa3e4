/**
 * The same script with the same results spends the same steps and bytes, says the same and asks the same,
 * whenever its tools answer: at once, or later in any order.
 */
import { expect } from 'chai';
import fc from 'fast-check';
import { describe, it } from 'mocha';
import { execute, prepare, repr } from '../../../../runtimes/starlark/index.js';
import type { StarlarkError } from '../../../../runtimes/starlark/index.js';
import { textsOf } from '../../../oracle/grammar.js';
import type { Rules } from '../../../oracle/grammar.js';
import { Chance } from './chance.js';
import type { Draw } from './chance.js';

const SCRIPT: Rules = {
  script: [
    `def flaky(times):
    tries = []
    def go():
        tries.append(tool(times))
        if len(tries) < times:
            broken(2)
        return tries
    return retry(go, attempts=3, delay_ms=1)
def work(n, m=<digit>):
    <inneract>
    return [n, <innervalue>]
n = <digit>
m = 1
<act>
<act>
return [n, <value>, <value>]`,
  ],
};

const PARTS: Rules = {
  act: [
    'm = <n>',
    'm = <number>',
    'print(<value>)',
    'print(n, m)\n<act>',
    'for m in range(3):\n    <act>',
    'for m in [<number>, <number>]:\n    if <number> > 3:\n        continue\n    <act>',
    'if <number> > m:\n    <act>\nelse:\n    <act>',
    'while m < 8:\n    m += 1 + <number>',
    'xs = [<number>, 2]\nxs[<number> % 2] += <number>',
    'k, m = <number>, <number>',
  ],
  number: [
    '<n>',
    'tool(<n>)',
    'tool(<n>)',
    'tool(tool(<number>))',
    '(<number> + <number> * <number>)',
    '(<number> if <number> else tool(m))',
    'max([<n>, <n>, <n>], key=tool)',
    'min(parallel([lambda: <number>, lambda: <number>]))',
    'sum([tool(i) for i in range(<n>) if tool(i) % 2])',
    'len(<value>)',
    'broken(<n>)',
  ],
  value: [
    '[<number>]',
    '[<number>, <number>]',
    'parallel([<task>, <task>, <task>])',
    'parallel([lambda i=i: <value> + [i, tool(i)] for i in range(<n>)])',
    'parallel([<task>, lambda: <value>])',
    '[attempt(<task>).ok, attempt(work, <number>).ok]',
    '[a.value if a.ok else a.error.code for a in parallel([lambda i=i: attempt(<task>) for i in range(3)])]',
    '[attempt(parallel, [<task>, <task>]).error]',
    'sorted([<number>, 5, 3, 1], key=lambda x: tool(x))',
    'sorted(<value>, key=lambda x: (tool(len(str(x))), str(x)))',
    'flaky(<n>)',
    'retry(<task>, attempts=2, delay_ms=<n>)',
    'work(<number>)',
    'work(<n>, m=<number>)',
    '{<n>: <value>, "k": <number>}.values()',
    'list(map(tool, [<n>, <number>]))',
    '[f"{<number>}:{tool(1):>3}", "%d" % <number>]',
    'json.decode(json.encode([<number>]))',
    '[[x, tool(x)] for x in range(<n>) if tool(x) > 2]',
  ],
  task: [
    'lambda: <number>',
    'lambda: <value>',
    'lambda: work(<n>)',
    'lambda: [print(<number>), <number>]',
    'lambda: broken(<n>)',
    'lambda: flaky(<n>)',
  ],
  n: ['0', '1', '2', '3', 'n', 'm'],
  digit: ['0', '1', '2', '3'],
};

/** What stands in `work` does not call it: a script that goes on for ever tells nothing. */
const INNER_PARTS: Rules = Object.fromEntries(
  Object.entries(PARTS).map(([kind, forms]) => [
    `inner${kind}`,
    forms.filter((form) => !form.includes('work')).map((form) => form.replaceAll(/<(\w+)>/g, '<inner$1>')),
  ]),
);

const scripts = textsOf({ ...SCRIPT, ...PARTS, ...INNER_PARTS }, {}, 'script', 9);

describe('steps and bytes', () => {
  it('do not depend on when and in what order calls answer', async function () {
    this.timeout(30_000);
    const property = fc.asyncProperty(scripts, fc.infiniteStream(fc.nat()), async (script, stream) => {
      const atOnce = await outcome(script, () => 0);
      fc.pre(!isLimit(atOnce));
      const draw: Draw = (below) => (stream.next().value ?? 0) % below;
      for (let again = 0; again < 3; again++) expect(await outcome(script, draw)).to.deep.equal(atOnce);
    });
    await fc.assert(property, { numRuns: 300, interruptAfterTimeLimit: 3000 });
  });
});

/** Where a run is cut off depends on the order of its branches. */
function isLimit({ end }: { end: unknown }): boolean {
  return typeof end === 'object' && end !== null && 'code' in end && String(end.code).startsWith('limit/');
}

/** All that one run tells, its timing left out. */
async function outcome(script: string, draw: Draw) {
  const { asked, predeclared, clock, yieldToEventLoop } = new Chance(draw);
  const printed: string[] = [];
  const execution = execute(prepare(script, { predeclared }), {
    clock,
    yieldToEventLoop,
    print: (line) => printed.push(line),
    limits: { wallTimeMs: Infinity, sliceMs: 20 },
  });
  const result = await execution.result;
  const { usage } = result;
  const end = result.ok ? repr(execution.budget, result.value) : told(result.error);
  return { end, usage, printed, asked: asked.sort() };
}

function told({ code, message, at, trace }: StarlarkError) {
  return { code, message, at, trace };
}
