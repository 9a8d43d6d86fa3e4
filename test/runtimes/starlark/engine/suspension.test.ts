/** A call of the host that waits changes nothing: neither value, nor order, nor steps, nor errors. */
import { expect } from 'chai';
import { describe, it } from 'mocha';
import { Builtin, execute, prepare, repr } from '../../../../runtimes/starlark/index.js';
import type { Budget, BuiltinBody, RunResult, Value } from '../../../../runtimes/starlark/index.js';
import { EXPRESSIONS, PRELUDE, STATEMENTS, choicesOf, withCalls } from './forms.js';

/** What can be seen of a run. */
interface Seen {
  readonly result: string;
  readonly calls: readonly string[];
  readonly steps: number;
}

type Host = (calls: string[]) => Builtin;

/** A host function that answers its argument, in four ways. */
const HOSTS: Readonly<Record<string, Host>> = {
  plain: (calls) => new Builtin('h', noting(calls, answer), false),
  immediate: (calls) => new Builtin('h', noting(calls, answer), true),
  waiting: (calls) => new Builtin('h', noting(calls, wait), true),
  mixed: (calls) =>
    new Builtin(
      'h',
      noting(calls, (...args) => (calls.length % 2 === 0 ? answer : wait)(...args)),
      true,
    ),
};

const answer: BuiltinBody = (_thread, args) => args[0]!;
const wait: BuiltinBody = (thread, args) => thread.wait(Promise.resolve(args[0]!));

function noting(calls: string[], body: BuiltinBody): BuiltinBody {
  return (thread, args, names) => {
    calls.push(repr(thread.budget, args[0]!));
    return body(thread, args, names);
  };
}

async function run(source: string, host: Host): Promise<Seen> {
  const calls: string[] = [];
  const predeclared = new Map<string, Value>([['h', host(calls)]]);
  const execution = execute(prepare(source, { predeclared }), { limits: { sliceMs: Infinity } });
  const result = await execution.result;
  return { result: shown(result, execution.budget), calls, steps: result.usage.steps };
}

function shown(result: RunResult, budget: Budget): string {
  if (result.ok) return repr(budget, result.value);
  const { code, message, at, trace } = result.error;
  return JSON.stringify({ code, message, at, trace });
}

function atTopLevel(body: string): string {
  return `${PRELUDE}${body}\n`;
}

function inFunction(body: string): string {
  return `${PRELUDE}def form():\n${body.replace(/^/gm, '  ')}\nreturn form()\n`;
}

describe('suspension', () => {
  for (const form of [...EXPRESSIONS.map((text) => `return ${text}`), ...STATEMENTS]) {
    it(`leaves no trace in ${form.replaceAll('\n', '; ')}`, async () => {
      const still = valueOf(await run(inFunction(withCalls(form, 0)), HOSTS.plain!));
      for (const choice of choicesOf(form)) {
        const source = inFunction(withCalls(form, choice));
        const plain = await run(source, HOSTS.plain!);
        expect(valueOf(plain), source).to.equal(still);
        expect(await run(source, HOSTS.waiting!), source).to.deep.equal(plain);
      }
      for (const programOf of [inFunction, atTopLevel]) {
        const source = programOf(withCalls(form, -1));
        const waiting = await run(source, HOSTS.waiting!);
        expect(valueOf(waiting), source).to.equal(still);
        expect(await run(source, HOSTS.immediate!), source).to.deep.equal(waiting);
        expect(await run(source, HOSTS.mixed!), source).to.deep.equal(waiting);
      }
    });
  }
});

/** A result that does not depend on where in the text its error is, nor on the functions around it. */
function valueOf({ result }: Seen): string {
  return result.replace(/"at":\d+/g, '').replace(/"trace":\[.*\]/, '');
}
