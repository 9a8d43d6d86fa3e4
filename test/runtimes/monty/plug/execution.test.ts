import { expect } from 'chai';
import { createCodeMode, defineTool } from '../../../../adapters/library/index.js';
import type { CodeMode, JsonObject, Limits, Outcome } from '../../../../adapters/library/index.js';
import { createMontyRuntime } from '../../../../runtimes/monty/index.js';

const object = { type: 'object' } as const;
const integers = { a: { type: 'integer' }, b: { type: 'integer', default: 2 } } as const;

let sent: JsonObject[];
let inFlight = 0;
let mostInFlight = 0;

const waits = async (ms: number): Promise<number> => {
  inFlight += 1;
  mostInFlight = Math.max(mostInFlight, inFlight);
  await new Promise((resolve) => setTimeout(resolve, ms));
  inFlight -= 1;
  return ms;
};
const text = (value: string) => ({ content: [{ type: 'text', text: value }] });

const tools = [
  defineTool({
    name: 'get-sum',
    description: 'Adds two numbers.',
    inputSchema: { ...object, properties: integers, required: ['a'] },
    call: ({ a, b }) => Number(a) + Number(b ?? 2),
  }),
  defineTool({
    name: 'store',
    inputSchema: { ...object, properties: { value: {} } },
    call: (args) => {
      sent.push(args);
      return args;
    },
  }),
  defineTool({
    name: 'text_tool',
    inputSchema: { ...object, properties: { text: { type: 'string' } } },
    call: ({ text: given }) => text(typeof given === 'string' ? given : ''),
  }),
  defineTool({
    name: 'refuses',
    inputSchema: object,
    call: () => ({ ...text('quota is used up'), isError: true }),
  }),
  defineTool({
    name: 'wait',
    inputSchema: { ...object, properties: { ms: { type: 'integer' } } },
    call: ({ ms }) => waits(Number(ms)),
  }),
];

describe('Python on Monty', () => {
  let codeMode: CodeMode;

  before(async () => {
    codeMode = await createCodeMode({ runtime: await createMontyRuntime(), tools });
  });
  beforeEach(() => {
    sent = [];
    mostInFlight = 0;
  });
  after(() => codeMode.close());

  interface Given {
    readonly data?: JsonObject;
    readonly limits?: Partial<Limits>;
    readonly signal?: AbortSignal;
  }

  const run = (script: string, given: Given = {}): Promise<Outcome> => codeMode.run({ script, ...given });

  async function answer(script: string, given: Given = {}): Promise<string> {
    const outcome = await run(script, given);
    if (!outcome.ok) throw new Error(JSON.stringify(outcome.error));
    return outcome.text;
  }

  async function failure(script: string, given: Given = {}) {
    const outcome = await run(script, given);
    if (outcome.ok) throw new Error(`it answered ${outcome.text}`);
    return outcome.error;
  }

  describe('calls tools', () => {
    const calls: [script: string, answer: string][] = [
      ['get_sum(a=1)', '3'],
      ['get_sum(1, 5)', '6'],
      ['get_sum(1, b=5)', '6'],
      ['get_sum({"a": 3})', '5'],
      ['get_sum(**{"a": 3})', '5'],
      ['call_tool("get-sum", a=1)', '3'],
      ['call_tool("get-sum", 1, 1)', '2'],
      ['call_tool(tool_name="get-sum", parameters={"a": 1})', '3'],
      ['add = get_sum\nadd(1)', '3'],
      ['[f(1) for f in [get_sum]]', '[3]'],
      ['tools_search("adds numbers")[0]["name"]', '"get-sum"'],
      ['tools_describe("get-sum")["signature"]', '"get_sum(a: int, b: int = 2)"'],
      ['attempt(get_sum, 1)', '{"ok":true,"value":3,"error":null}'],
      [
        'r = attempt(refuses)\n[r["ok"], r["error"]["code"], r["error"]["tool"]]',
        '[false,"tool/failed","refuses"]',
      ],
      ['attempt(lambda: refuses())["error"]["message"]', '"quota is used up"'],
      ['try:\n  refuses()\nexcept ToolError as e:\n  return str(e)', '"tool/failed: quota is used up"'],
      ['try:\n  refuses()\nexcept Exception:\n  pass\nreturn 1', '1'],
    ];
    for (const [script, text] of calls) {
      it(script, async () => {
        expect(await answer(script)).to.equal(text);
      });
    }

    const faults: [script: string, error: object][] = [
      [
        'x = 1\n\n  \nrefuses()',
        {
          code: 'tool/failed',
          message: 'quota is used up',
          tool: 'refuses',
          position: { line: 4, column: 1 },
        },
      ],
      ['get_sum(c=1)', { code: 'tool/arguments', tool: 'get-sum' }],
      [
        'get_sum(1, 2, 3)',
        { code: 'tool/arguments', message: 'call get_sum: got 3 positional arguments, want at most 2' },
      ],
      ['get_sum(1, a=3)', { code: 'tool/arguments', message: 'call get_sum: got multiple values for "a"' }],
      ['call_tool("get-sun")', { code: 'tool/unknown', hint: 'did you mean "get-sum"?' }],
      [
        'get_sun(1)',
        {
          code: 'script/runtime',
          message: "NameError: name 'get_sun' is not defined",
          hint: 'did you mean get_sum?',
        },
      ],
      ['attempt(lambda: 1/0)', { message: 'ZeroDivisionError: division by zero' }],
      ['attempt(lambda: int("x") and raise_it)', { code: 'script/runtime' }],
    ];
    for (const [script, error] of faults) {
      it(`fails at ${script}`, async () => {
        expect(await failure(script)).to.deep.include(error);
      });
    }
  });

  describe('runs functions at the same time', () => {
    it('as many as the limit has, with the results in order', async () => {
      const script = 'return parallel([lambda i=i: wait(ms=30 - i) for i in range(12)])';
      expect(await answer(script, { limits: { parallel: 4 } })).to.equal(
        JSON.stringify(Array.from({ length: 12 }, (_, index) => 30 - index)),
      );
      expect(mostInFlight).to.equal(4);
    });

    it('each to its end before the first error by its place is raised', async () => {
      const script =
        'parallel([lambda: store(wait(ms=20)), lambda: refuses(), lambda: 1/0, lambda: store(2)])';
      expect(await failure(script)).to.deep.include({
        code: 'tool/failed',
        position: { line: 1, column: 1 },
      });
      expect(sent.length).to.equal(2);
      expect(await failure('parallel([lambda: wait(ms=5), lambda: {}["k"]])')).to.include({
        message: 'KeyError: k',
      });
    });

    it('so that errors can be caught', async () => {
      const script = 'try:\n  parallel([lambda: 1/0])\nexcept ZeroDivisionError as e:\n  return str(e)';
      expect(await answer(script)).to.equal('"division by zero"');
      expect(await answer('parallel([lambda: attempt(refuses)])[0]["ok"]')).to.equal('false');
    });

    it('each on its own copy of the variables', async () => {
      const script =
        'seen = []\ndef f(i):\n  seen.append(i)\n  return len(seen)\nreturn [parallel([lambda: f(1), lambda: f(2)]), seen]';
      expect(await answer(script)).to.equal('[[1,1],[]]');
    });

    it('within each other', async () => {
      const script =
        'return parallel([lambda i=i: parallel([lambda: get_sum(i), lambda: i]) for i in range(3)])';
      expect(await answer(script, { limits: { parallel: 2 } })).to.equal('[[2,0],[3,1],[4,2]]');
    });

    it('none at all', async () => {
      expect(await answer('parallel([])')).to.equal('[]');
    });

    it('no deeper than the limit, which may be caught', async () => {
      const [f, limits] = ['def f():\n  return parallel([f])\n', { callDepth: 20, steps: 10_000_000 }];
      expect((await failure(`${f}f()`, { limits })).code).to.equal('limit/depth');
      const caught =
        'def f():\n  try:\n    return parallel([f])\n  except RecursionError:\n    return "deep"\n';
      expect(await answer(`${caught}f()`, { limits })).to.include('deep');
      const call =
        'def f(n):\n  try:\n    return f(n + 1)\n  except RecursionError:\n    return get_sum(n)\n';
      expect(await answer(`${call}f(0)`, { limits })).to.match(/^1\d$/);
    });

    it('and says how to write it', async () => {
      expect((await failure('parallel([get_sum(1)])')).hint).to.include(
        'parallel([lambda: a(), lambda: b()])',
      );
    });
  });

  describe('tries again', () => {
    const retried = 'n = 0\ndef f():\n  global n\n  n += 1\n  if n < 3:\n    refuses()\n  return n\n';

    it('what may succeed the next time, after pauses that grow', async () => {
      const outcome = await run(`${retried}return retry(f, attempts=3, delay_ms=20)`);
      expect(outcome).to.include({ ok: true, text: '3' });
      expect(outcome.usage.waitMs).to.be.above(55);
    });

    const final: [script: string, error: object][] = [
      ['retry(lambda: refuses(), attempts=2, delay_ms=1)', { code: 'tool/failed', tool: 'refuses' }],
      ['retry(lambda: get_sum(c=1), delay_ms=10_000)', { code: 'tool/arguments' }],
      ['retry(lambda: call_tool("nobody"), delay_ms=10_000)', { code: 'tool/unknown' }],
      ['retry(lambda: 1 / 0, delay_ms=10_000)', { message: 'ZeroDivisionError: division by zero' }],
      ['retry(f=lambda: 1, attempts=0)', { code: 'script/runtime' }],
    ];
    for (const [script, error] of final) {
      it(`no longer than it makes sense: ${script}`, async () => {
        expect(await failure(script)).to.deep.include(error);
      });
    }

    it('until the caller leaves', async () => {
      const caller = new AbortController();
      const running = run('retry(lambda: refuses(), delay_ms=60_000)', { signal: caller.signal });
      setTimeout(() => caller.abort(), 20);
      const outcome = await running;
      expect(outcome.ok ? '' : outcome.error.code).to.equal('cancelled');
    });
  });

  it('works where the script gives builtins another value', async () => {
    const names = 'list str len repr type isinstance dict tuple float int min enumerate TypeError ValueError';
    const script =
      `def f(${names.split(' ').join(', ')}):\n  pass\n` +
      `${names.split(' ').join(' = ')} = 1\n` +
      'r = attempt(refuses)["ok"]\nRuntimeError = BaseException = 1\n' +
      'return [r, parallel([lambda: store({"a": [2.5]})]), retry(lambda: tools_search("adds")[0]["name"])]';
    expect(await answer(script)).to.equal('[false,[{"value":{"a":[2.5]}}],"get-sum"]');
  });

  describe('takes values in and out', () => {
    it('with all digits and in their order', async () => {
      const json = '{"b":1,"10":2,"9":12345678901234567890,"f":1.0,"__proto__":{"x":[null,true]}}';
      expect(await answer(`text_tool(${JSON.stringify(json)})`)).to.equal(json);
      expect(await answer('store({"__proto__": 2**70, "constructor": (1, 2.5)})')).to.equal(
        '{"value":{"__proto__":1180591620717411303424,"constructor":[1,2.5]}}',
      );
      expect(Object.prototype).not.to.have.property('x');
    });

    it('with data and each of its keys', async () => {
      const data = { items: [1], big: 12345678901234567890n, __proto_: { a: 1 } };
      expect(await answer('items.append(2)\nreturn [data["items"], big, __proto_]', { data })).to.equal(
        '[[1,2],12345678901234567890,{"a":1}]',
      );
      expect(await answer('[i for i in items]', { data })).to.equal('[1]');
    });

    it('as text where a tool answers text', async () => {
      expect(await answer('text_tool("{not json")')).to.equal('"{not json"');
      expect(await answer('text_tool("\\"\\\\ud800\\"")')).to.equal('"\ufffd"');
    });

    it('with keys as JSON has them', async () => {
      expect(await answer('return {1: 2, None: 3, 1.5: 4, False: 5}')).to.equal(
        '{"1":2,"null":3,"1.5":4,"false":5}',
      );
    });

    const refused: [value: string, message: string][] = [
      ['float("nan")', 'ValueError: Out of range float values are not JSON compliant: nan'],
      ['{1, 2}', 'TypeError: Object of type set is not JSON serializable'],
      ['len', 'TypeError: Object of type builtin_function_or_method is not JSON serializable'],
    ];
    for (const [value, message] of refused) {
      it(`not ${value}`, async () => {
        const place = { line: 2, column: 8 };
        expect(await failure(`x = 1\nreturn ${value}`)).to.deep.include({
          code: 'script/runtime',
          message,
          position: place,
        });
        expect(await failure(`store(value=${value})`)).to.include({ message: `${message} at ['value']` });
        expect(sent).to.deep.equal([]);
      });
    }

    const places: [value: string, message: string][] = [
      ['{(1, 2): 3}', 'TypeError: keys must be str, int, float, bool or None, not tuple at [(1, 2)]'],
      [
        '{"a": [1, {"b": (0, float("-inf"))}]}',
        "ValueError: Out of range float values are not JSON compliant: -inf at ['a'][1]['b'][1]",
      ],
      [
        '[True, None, 1.5, {None: {1}}]',
        'TypeError: Object of type set is not JSON serializable at [3][None]',
      ],
    ];
    for (const [value, message] of places) {
      it(`not ${value}, and says where`, async () => {
        expect(await failure(`return ${value}`)).to.include({ message });
      });
    }

    it('not one within itself', async () => {
      expect((await failure('a = {}\na["a"] = a\nreturn a')).message).to.include('nested too deeply');
      expect((await failure('a = []\nfor i in range(250):\n  a = [a]\nstore(a)')).message).to.include(
        'nested too deeply',
      );
    });
  });

  describe('tells of failures', () => {
    it('with the way to them', async () => {
      const error = await failure('def f(x):\n  return x / 0\n\ny = [f(i) for i in [1]]');
      expect(error).to.deep.include({
        code: 'script/runtime',
        message: 'ZeroDivisionError: division by zero',
        position: { line: 2, column: 10 },
      });
      expect(error.backtrace).to.deep.equal([
        { function: '<toplevel>', line: 4, column: 6 },
        { function: 'f', line: 2, column: 10 },
      ]);
    });

    const faults: [script: string, error: object][] = [
      ['x = (1', { code: 'script/syntax' }],
      ['if True:\n    x = 1 1', { code: 'script/syntax', position: { line: 2, column: 11 } }],
      [
        'x = 1\nclass A:\n  pass',
        { code: 'script/syntax', position: { line: 2, column: 1 }, hint: 'use dicts and functions' },
      ],
      ['if "\u{1f600}": return 1 / 0', { position: { line: 1, column: 16 } }],
      ['"\u{1f600}"; nobody(1)', { position: { line: 1, column: 6 } }],
      ['x = "\u{1f600}" 1', { code: 'script/syntax', position: { line: 1, column: 9 } }],
      ['return "\u{1f600}" 1', { code: 'script/syntax', position: { line: 1, column: 12 } }],
      ['def f():\n  yield 1', { code: 'script/syntax', hint: 'build a list and return it' }],
      ['import numpy', { hint: 'json, math, re and datetime are there, all else comes from tools' }],
      ['open("/etc/passwd")', { hint: 'a script has no files and no machine: call a tool' }],
      ['import os\nos.environ', { hint: 'a script has no files and no machine: call a tool' }],
      ['eval("1")', { message: "NameError: name 'eval' is not defined" }],
      [
        'tools.search("x")',
        { hint: 'tools_search("what the tool is to do") finds tools; tools_describe("name") tells of one' },
      ],
      ['await get_sum(1)', { message: "TypeError: 'int' object can't be awaited" }],
      ['{"a": 1}.a', { hint: 'a dict is read as d["key"] or d.get("key")' }],
    ];
    for (const [script, error] of faults) {
      it(script, async () => {
        expect(await failure(script)).to.deep.include(error);
      });
    }
  });

  it('prints line by line', async () => {
    const { logs } = await run(
      'print("a", 1)\nprint("b\\nc")\nprint("d", end="")\nprint("e")\nprint("f", end="")',
    );
    expect(logs).to.deep.equal(['a 1', 'b', 'c', 'de', 'f']);
  });

  it('tells the client how far it is', async () => {
    const told: unknown[] = [];
    await codeMode.run({ script: 'progress(1, 2, "half")', onProgress: (progress) => told.push(progress) });
    expect(told).to.deep.equal([{ progress: 1, total: 2, message: 'half' }]);
  });

  describe('does not count waiting as computing', () => {
    it('where calls wait twenty times as long as a script may compute', async () => {
      const limits = { steps: 100_000 };
      const outcome = await run('for i in range(5):\n  wait(ms=400)\nreturn 1', { limits });
      expect(outcome).to.include({ ok: true, text: '1' });
      expect(outcome.usage.waitMs).to.be.above(1_900);
      expect(outcome.usage.steps).to.be.below(100_000);
    });

    it('but counts computing after it', async () => {
      const error = await failure('wait(ms=300)\nwhile True:\n  pass', { limits: { steps: 50_000 } });
      expect(error.code).to.equal('limit/steps');
    });

    it('and counts all of it', async () => {
      const script = 'while True:\n  for i in range(1000):\n    pass\n  wait(ms=1)';
      const outcome = await run(script, { limits: { steps: 20_000, toolCalls: 100_000 } });
      expect(outcome.ok ? '' : outcome.error.code).to.equal('limit/steps');
    });
  });

  it('ends when the caller leaves, and calls nothing afterwards', async () => {
    const caller = new AbortController();
    const script = 'try:\n  parallel([lambda: wait(ms=50), lambda: wait(ms=50)])\nfinally:\n  store(1)';
    const running = run(script, { signal: caller.signal });
    setTimeout(() => caller.abort(), 10);
    const outcome = await running;
    expect(outcome.ok ? '' : outcome.error.code).to.equal('cancelled');
    await new Promise((resolve) => setTimeout(resolve, 80));
    expect(sent).to.deep.equal([]);
  });
});
