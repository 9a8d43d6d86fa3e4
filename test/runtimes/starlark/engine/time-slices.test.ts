/** Giving way to the event loop wherever that is possible changes nothing. */
import { expect } from 'chai';
import { describe, it } from 'mocha';
import {
  openMethod,
  openField,
  openMethodNames,
  openUniverse,
} from '../../../../runtimes/starlark/builtins/index.js';
import { compile } from '../../../../runtimes/starlark/compile/index.js';
import { DEFAULT_ENGINE_LIMITS, prepare, repr } from '../../../../runtimes/starlark/index.js';
import type { Value } from '../../../../runtimes/starlark/index.js';
import { Scheduler, attempt, parallel, retryWith } from '../../../../runtimes/starlark/schedule/index.js';
import type { Ending } from '../../../../runtimes/starlark/schedule/index.js';
import { Budget, Builtin } from '../../../../runtimes/starlark/values/index.js';
import { EXPRESSIONS, PRELUDE, STATEMENTS, withCalls } from './forms.js';
import { HandClock } from './hand-clock.js';

const limits = { ...DEFAULT_ENGINE_LIMITS, deadline: Infinity, now: () => 0 };

/** Grants no more than what is spent: every turn of a loop and every call may give way. */
class HastyBudget extends Budget {
  private spent = 0;

  override get steps(): number {
    return this.spent - this.left;
  }

  override refill(): boolean {
    this.spent -= this.left;
    this.left = 0;
    return true;
  }
}

interface Seen {
  readonly result: string;
  readonly steps: number;
  readonly calls: number;
  readonly yields: number;
}

async function run(source: string, budget: Budget): Promise<Seen> {
  let yields = 0;
  let calls = 0;
  const h = new Builtin(
    'h',
    (thread, args) => (++calls % 2 === 0 ? args[0]! : thread.wait(Promise.resolve(args[0]!))),
    true,
  );
  const predeclared = new Map<string, Value>([['h', h]]);
  const clock = new HandClock();
  const scheduler = new Scheduler({
    budget,
    clock,
    print: () => undefined,
    recursion: true,
    yieldToEventLoop: (callback) => {
      yields++;
      setImmediate(callback);
    },
  });
  const universe = new Map<string, Value>([
    ...openUniverse,
    ['parallel', parallel],
    ['attempt', attempt],
    ['retry', retryWith((delayMs) => scheduler.sleep(delayMs))],
  ]);
  const { resolved } = prepare(source, { predeclared });
  const environment = {
    predeclared,
    universe,
    method: openMethod,
    methodNames: openMethodNames,
    field: openField,
    memberHints: new Map<string, string>(),
  };
  const ending = await new Promise<Ending>((finish) => {
    scheduler.start(() => compile(resolved, scheduler, environment).main(), finish);
  });
  const result = ending.ok ? repr(new Budget(limits), ending.value) : ending.error.message;
  return { result, steps: budget.steps, calls, yields };
}

describe('time slices', () => {
  let yields = 0;
  for (const form of [...EXPRESSIONS.map((text) => `return ${text}`), ...STATEMENTS]) {
    it(`may end anywhere in ${form.replaceAll('\n', '; ')}`, async () => {
      for (const choice of [0, -1]) {
        const source = `${PRELUDE}def form():\n${withCalls(form, choice).replace(/^/gm, '  ')}\nreturn form()\n`;
        const [calm, hasty] = [
          await run(source, new Budget(limits)),
          await run(source, new HastyBudget(limits)),
        ];
        expect(hasty, source).to.deep.equal({ ...calm, yields: hasty.yields });
        yields += hasty.yields;
      }
    });
  }

  after(() => expect(yields).to.be.greaterThan(400));
});
