/** A call of the host that waits changes nothing: neither value, nor order, nor steps, nor errors. */
import { expect } from 'chai';
import { Builtin, nextTurn, repr, runStarlark } from '../../../../runtimes/starlark/index.js';
import type { BuiltinBody, RunResult, Value } from '../../../../runtimes/starlark/index.js';
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

async function run(source: string, host: Host, sliceMs = 10): Promise<Seen> {
  const calls: string[] = [];
  const predeclared = new Map<string, Value>([['h', host(calls)]]);
  const limits = { sliceMs };
  const result = await runStarlark(source, { predeclared, limits, yieldToEventLoop: nextTurn });
  return { result: shown(result), calls, steps: result.usage.steps };
}

function shown(result: RunResult): string {
  if (result.ok) return describe_(result.value);
  const { code, message, at, trace } = result.error;
  return JSON.stringify({ code, message, at, trace });
}

function describe_(value: Value): string {
  let text = '';
  const show = new Builtin('show', (thread, args) => {
    text = repr(thread.budget, args[0]!);
    return null;
  });
  void runStarlark('show(value)', {
    predeclared: new Map<string, Value>([
      ['show', show],
      ['value', value],
    ]),
  });
  return text;
}

function inFunction(body: string): string {
  return `${PRELUDE}def form():\n${body.replace(/^/gm, '  ')}\nreturn form()\n`;
}

const PROGRAMS: readonly (readonly [name: string, form: string, programOf: (form: string) => string])[] = [
  ...EXPRESSIONS.map((form) => [form, form, (text: string) => inFunction(`return ${text}`)] as const),
  ...EXPRESSIONS.map(
    (form) => [`${form} at top level`, form, (text: string) => `${PRELUDE}return ${text}\n`] as const,
  ),
  ...STATEMENTS.map((form) => [form.replaceAll('\n', '; '), form, inFunction] as const),
  ...STATEMENTS.map(
    (form) =>
      [`${form.replaceAll('\n', '; ')} at top level`, form, (text: string) => `${PRELUDE}${text}\n`] as const,
  ),
];

describe('suspension', () => {
  for (const [name, form, programOf] of PROGRAMS) {
    it(`leaves no trace in ${name}`, async () => {
      const still = await run(programOf(withCalls(form, 0)), HOSTS.plain!);
      for (const choice of choicesOf(form)) {
        const source = programOf(withCalls(form, choice));
        const seen = await run(source, HOSTS.plain!);
        expect(seen.result.replace(/"at":\d+/g, ''), source).to.equal(still.result.replace(/"at":\d+/g, ''));
        expect(await run(source, HOSTS.immediate!), source).to.deep.equal(seen);
        expect(await run(source, HOSTS.waiting!), source).to.deep.equal(seen);
        expect(await run(source, HOSTS.mixed!), source).to.deep.equal(seen);
      }
    });
  }
});
