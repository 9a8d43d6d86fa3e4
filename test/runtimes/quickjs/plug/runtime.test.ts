import { expect } from 'chai';
import { createCodeMode, defineTool } from '../../../../adapters/library/index.js';
import type { CodeMode, JsonObject, Limits, Outcome } from '../../../../adapters/library/index.js';
import { createQuickjsRuntime } from '../../../../runtimes/quickjs/index.js';
import { isCommonName } from '../../../../runtimes/quickjs/script/names.js';
import { HandClock } from '../../../support/hand-clock.js';

const object = { type: 'object' } as const;
const PNG = { type: 'image', data: 'iVBORw0KGgo=', mimeType: 'image/png' };

let sent: JsonObject[];
const seen = (args: JsonObject): JsonObject => {
  sent.push(args);
  return args;
};

const tools = [
  defineTool({
    name: 'get-sum',
    description: 'Adds two numbers.',
    inputSchema: {
      type: 'object',
      properties: { a: { type: 'integer' }, b: { type: 'integer', default: 2 } },
      required: ['a'],
    },
    call: ({ a, b }) => Number(a) + Number(b ?? 2),
  }),
  defineTool({ name: 'store', inputSchema: { type: 'object', properties: { value: {} } }, call: seen }),
  defineTool({
    name: 'filtered',
    inputSchema: {
      type: 'object',
      properties: {
        filter: { type: 'object', properties: { since: { type: 'string' } }, required: ['since'] },
        limit: { type: 'integer' },
      },
    },
    call: seen,
  }),
  defineTool({ name: 'console', inputSchema: object, call: () => 'a tool' }),
  defineTool({
    name: 'text_tool',
    inputSchema: { type: 'object', properties: { text: { type: 'string' } } },
    call: ({ text }) => ({ content: [{ type: 'text', text: text ?? '' }] }),
  }),
  defineTool({ name: 'nothing', inputSchema: object, call: () => ({ content: [] }) }),
  defineTool({
    name: 'chart',
    inputSchema: object,
    call: () => ({ structuredContent: { points: 3 }, content: [PNG] }),
  }),
  defineTool({
    name: 'refuses',
    inputSchema: object,
    call: () => ({ content: [{ type: 'text', text: 'quota is used up' }], isError: true }),
  }),
  defineTool({
    name: 'late',
    inputSchema: object,
    call: () => new Promise((resolve) => setImmediate(() => resolve('late'))),
  }),
];

describe('JavaScript over tools', function () {
  this.timeout(60_000);
  let codeMode: CodeMode;
  before(async () => {
    codeMode = await createCodeMode({ runtime: await createQuickjsRuntime(), tools });
  });
  after(() => codeMode.close());
  beforeEach(() => {
    sent = [];
  });

  function run(script: string, data: JsonObject = {}, limits: Partial<Limits> = {}): Promise<Outcome> {
    return codeMode.run({ script, data, limits });
  }

  /** The result of a script as JSON text. */
  async function answer(script: string, data: JsonObject = {}): Promise<string> {
    const outcome = await run(script, data);
    if (!outcome.ok) throw new Error(`${outcome.error.code}: ${outcome.error.message}`);
    return outcome.text;
  }

  async function failure(script: string, limits: Partial<Limits> = {}) {
    const outcome = await run(script, {}, limits);
    if (outcome.ok) throw new Error(`answered ${outcome.text}`);
    return outcome.error;
  }

  describe('what a text answers', () => {
    const rows: readonly (readonly [script: string, text: string])[] = [
      ['return 1 + 1', '2'],
      ['1 + 1', '2'],
      ['const f = (x) => { return x + 1 }; f(2)', '3'],
      ['await 1; [1, "a", null, true]', '[1,"a",null,true]'],
      ['', 'null'],
      ['// nothing', 'null'],
      ['async () => { return 5 }', '5'],
      ['() => 6', '6'],
      ['async function main() { return 7 }\nmain()', '7'],
      [
        'return { a: undefined, b: [undefined], c: new Date(0) }',
        '{"b":[null],"c":"1970-01-01T00:00:00.000Z"}',
      ],
      ['return new Map([["a", new Set([1, 2])]])', '{"a":[1,2]}'],
      ['return new Error("x")', '{"name":"Error","message":"x"}'],
      ['return new Uint8Array([1, 2])', '[1,2]'],
      ['return [2n, 2n ** 64n, -(2n ** 64n)]', '[2,18446744073709551616,-18446744073709551616]'],
      ['return { toJSON() { return { x: 1 } } }', '{"x":1}'],
      [
        'return JSON.parse(\'{"__proto__":{"x":1},"constructor":2}\')',
        '{"__proto__":{"x":1},"constructor":2}',
      ],
      ['return "\\u2028 \\ud800 \\u0000 é"', '"\u2028 \\ud800 \\u0000 é"'],
      ['let x: number = 1; return x', '1'],
      [
        'interface A { a: string }\nconst f = <T extends A>(a: T): string => a.a;\nreturn f({ a: "x" } as A)',
        '"x"',
      ],
      ['const id = <T,>(x: T) => x;\nid<number>(4)', '4'],
      ['const a = 1, b = 2, c = 3; a < b > (c)', 'false'],
      ['label: for (;;) { break label }\nreturn await (async () => 3)()', '3'],
      ['x = 5; x', '5'],
      ['const get_sum = 1, data = 2, print = 3; return [get_sum, data, print]', '[1,2,3]'],
      ['function get_sum() { return 4 }; get_sum()', '4'],
    ];
    for (const [script, text] of rows) {
      it(script.replaceAll('\n', '⏎'), async () => expect(await answer(script)).to.equal(text));
    }
  });

  describe('what has no JSON', () => {
    const rows: readonly (readonly [script: string, met: string])[] = [
      ['return { a: [1, NaN] }', 'NaN has no JSON at .a[1]'],
      ['return [Infinity]', 'Infinity has no JSON at [0]'],
      ['const a = { b: {} }; a.b.c = a; return a', 'a value that holds itself at .b.c'],
      ['return { f() {} }', 'a function has no JSON at .f'],
      ['return Symbol("x")', 'a symbol has no JSON'],
      ['return [get_sum({ a: 1 })]', 'a promise, put await before it at [0]'],
      ['let a = []; for (let i = 0; i < 600; i++) a = [a]; return a', 'values nested more than 500 deep'],
    ];
    for (const [script, met] of rows) {
      it(script, async () => {
        const { code, message } = await failure(script);
        expect(code).to.equal('script/runtime');
        expect(message).to.include(`return the result: ${met}`);
      });
    }
  });

  describe('tools', () => {
    const rows: readonly (readonly [script: string, text: string])[] = [
      ['return await get_sum({ a: 1, b: 5 })', '6'],
      ['return get_sum({ a: 1 })', '3'],
      ['return await get_sum(1, 5)', '6'],
      ['return await tools.get_sum({ a: 4 })', '6'],
      ['return await call_tool("get-sum", { a: 1 })', '3'],
      ['return await call_tool("get_sum", 1, 1)', '2'],
      ['return await call_tool({ tool_name: "get-sum", parameters: { a: 2 } })', '4'],
      ['return await console_()', '"a tool"'],
      [
        'return await text_tool({ text: \'{"id": 12345678901234567890, "s": "12345678901234567890"}\' })',
        '{"id":12345678901234567890,"s":"12345678901234567890"}',
      ],
      ['const r = await text_tool({ text: "[12345678901234567890]" }); return typeof r[0]', '"bigint"'],
      ['return await text_tool({ text: "{not json" })', '"{not json"'],
      ['return await text_tool({ text: "plain" })', '"plain"'],
      ['return await nothing()', 'null'],
      [
        'const r = await chart(); return [r, tools.content(r)[0].type, tools.content(1)]',
        '[{"points":3},"image",[]]',
      ],
      ['return (await Promise.all([late(), late(), get_sum({ a: 1 })])).join()', '"late,late,3"'],
      [
        'return (await Promise.allSettled([refuses(), late()])).map((r) => r.status)',
        '["rejected","fulfilled"]',
      ],
      ['return await parallel([late, () => get_sum({ a: 2 }), 3])', '["late",4,3]'],
      ['return Object.keys(await filtered({ since: "x" }, 3))', '["filter","limit"]'],
      ['return await filtered({ filter: { since: "x" } })', '{"filter":{"since":"x"}}'],
      ['return await filtered({ since: "x" })', '{"filter":{"since":"x"}}'],
      ['return await Promise.race([late(), new Promise((_, no) => setTimeout(no, 1e6))])', '"late"'],
      ['for await (const x of [late(), late()]) console.log(x); return 1', '1'],
    ];
    for (const [script, text] of rows) {
      it(script, async () => expect(await answer(script)).to.equal(text));
    }

    it('take values as they are, and give them back', async () => {
      const value = { n: 2n ** 70n, __proto__x: [1.5, -0.25, 'é😀\u0000', {}], big: 'x'.repeat(100_000) };
      expect(
        await answer('const { value: v } = await store({ value }); return v.n === value.n && v.big.length', {
          value,
        }),
      ).to.equal('100000');
      expect(sent).to.deep.equal([{ value }]);
    });

    it('fail as errors that a script may catch', async () => {
      const script = `try { await refuses() } catch (e) {
        return [e.code, e.message, e.tool, e.name, e instanceof ToolError, e instanceof Error];
      }`;
      expect(await answer(script)).to.equal(
        '["tool/failed","quota is used up","refuses","ToolError",true,true]',
      );
    });

    it('fail with the place of the call', async () => {
      const error = await failure(
        'const a = 1;\n\nasync function ask() {\n  return await refuses({});\n}\nawait ask();',
      );
      expect(error).to.deep.include({
        code: 'tool/failed',
        tool: 'refuses',
        position: { line: 4, column: 23 },
      });
      expect(error.backtrace).to.deep.equal([
        { function: '<toplevel>', line: 6, column: 10 },
        { function: 'ask', line: 4, column: 23 },
      ]);
    });

    it('refuse arguments that do not fit, and names that nobody has', async () => {
      expect(await failure('await get_sum({ a: "x" })')).to.deep.include({
        code: 'tool/arguments',
        tool: 'get-sum',
      });
      expect(await failure('await get_sum(1, 2, 3)')).to.deep.include({ code: 'tool/arguments' });
      expect(await failure('await tools.get_sums({ a: 1 })')).to.deep.include({
        code: 'tool/unknown',
        hint: 'did you mean "get-sum"?',
      });
      expect(await failure('await call_tool("get sum!", {})')).to.deep.include({ code: 'tool/unknown' });
      expect((await failure('await get_sums({ a: 1 })')).hint).to.equal('did you mean get_sum?');
    });

    it('are found and described', async () => {
      expect(await answer('return (await tools.search("adds numbers", 1)).map((t) => t.signature)')).to.equal(
        '["get_sum(args: { a: number; b?: number /*=2*/ })"]',
      );
      expect(
        await answer('const t = await tools.describe("get-sum"); return [t.name, t.parameters.a]'),
      ).to.equal('["get-sum",{"type":"number","required":true}]');
      expect(await failure('await tools.search("")')).to.deep.include({ code: 'script/runtime' });
    });

    it('that nobody waits for are still answered before the end', async () => {
      const outcome = await run(
        '[1, 2].forEach(async (a) => { await late(); await store({ value: a }) }); return "done"',
      );
      expect(outcome.ok && outcome.value).to.equal('done');
      expect(sent).to.deep.equal([{ value: 1 }, { value: 2 }]);
      expect(outcome.calls.map(({ status }) => status)).to.deep.equal(Array(4).fill('succeeded'));
    });
  });

  describe('faults in a text', () => {
    const rows: readonly (readonly [script: string, line: number, column: number, hint?: RegExp])[] = [
      ['let a = 1;\nlet b = (;', 2, 10],
      ['return 1;\nlet b = (;', 2, 10],
      ['"😀"; (;', 1, 7],
      ['const x: number = 1;\nconst y: string = ;', 2, 19],
      ['import fs from "fs";\nreturn 1', 1, 8, /no modules/],
      ['export default 1', 1, 1, /no modules/],
    ];
    for (const [script, line, column, hint] of rows) {
      it(script.replaceAll('\n', '⏎'), async () => {
        const error = await failure(script);
        expect(error).to.deep.include({ code: 'script/syntax', position: { line, column } });
        if (hint !== undefined) expect(error.hint).to.match(hint);
      });
    }

    it('of a function stand where they are, also behind types', async () => {
      const script =
        'type A = { a?: { b: number } };\nfunction f(x: A): number {\n  return x.a!.b;\n}\nreturn f({});';
      const error = await failure(script);
      expect(error).to.deep.include({ code: 'script/runtime', position: { line: 3, column: 14 } });
      expect(error.backtrace?.map(({ function: name, line }) => [name, line])).to.deep.equal([
        ['<toplevel>', 5],
        ['f', 3],
      ]);
    });

    it('that types hide are told as TypeScript tells them', async () => {
      const error = await failure('enum Color { Red }\nreturn 1');
      expect(error).to.deep.include({ code: 'script/syntax', position: { line: 1, column: 1 } });
    });

    it('of names that Node or a browser has are told with what to do', async () => {
      for (const [script, hint] of [
        ['await fetch("http://x")', /call a tool that fetches/],
        ['require("fs")', /no modules/],
        ['process.exit()', /nothing of the machine/],
        ['await import("fs")', /no modules/],
        ['setInterval(() => {}, 1)', /await sleep/],
      ] as const) {
        expect((await failure(script)).hint, script).to.match(hint);
      }
    });

    it('that are thrown as anything end the script', async () => {
      expect((await failure('throw { a: 1 }')).message).to.equal('throw: {"a":1}');
      expect((await failure('throw null')).message).to.equal('throw: null');
      expect((await failure('class A extends Error {}; throw new A("x")')).message).to.equal('Error: x');
      expect((await failure('null.foo')).message).to.match(/^TypeError: cannot read property 'foo' of null/);
    });
  });

  describe('limits', () => {
    const rows: readonly (readonly [script: string, code: string, place: string, calls: string])[] = [
      [
        'const a = 1;\nfunction f() {\n  let x = 0;\n  for (;;) {\n    x++;\n  }\n}\nf();',
        'limit/steps',
        '5:6',
        '<toplevel> f',
      ],
      ['\n/(a+)+b/.test("a".repeat(60))', 'limit/steps', '2:14', ''],
      ['const a = [];\nfor (;;)\n  a.push(new Uint8Array(2 ** 20))', 'limit/memory', '3:24', ''],
      ['\nreturn new Uint8Array(2 ** 30)', 'limit/memory', '2:22', ''],
      ['for (;;)\n  console.log("x".repeat(1e4))', 'limit/logs', '2:14', ''],
    ];
    for (const [script, code, place, calls] of rows) {
      it(`say where the script was: ${script.replaceAll('\n', '⏎')}`, async () => {
        const { position, backtrace, code: met } = await failure(script);
        expect(met).to.equal(code);
        expect(`${String(position?.line)}:${String(position?.column)}`).to.equal(place);
        expect((backtrace ?? []).map((frame) => frame.function).join(' ')).to.equal(calls);
      });
    }

    it('of depth are exact', async () => {
      const down = 'const f = (n) => (n === 0 ? 0 : 1 + f(n - 1));';
      expect(await answer(`${down} f(198)`)).to.equal('198');
      const { code, backtrace } = await failure(`${down} f(400)`);
      expect(code).to.equal('limit/depth');
      expect(backtrace?.at(-1)?.function).to.equal('f');
      const deep = await run(`${down} f(990)`, {}, { callDepth: 1_000 });
      expect(deep.ok && deep.value).to.equal(990);
    });
  });

  it('refuses names that nobody has before anything runs', async () => {
    for (const [script, position] of [
      ['await store({ value: 1 });\nawait get_sums({ a: 1 });', { line: 2, column: 7 }],
      [
        'const v: number = 1;\nawait store({ value: v });\nreturn await get_sums({ a: 1 });',
        { line: 3, column: 14 },
      ],
    ] as const) {
      const error = await failure(script);
      expect(error).to.deep.include({ code: 'script/name', position, hint: 'did you mean get_sum?' });
    }
    expect(sent).to.deep.equal([]);
    expect((await failure('nobody();\nlet b = (;')).code).to.equal('script/syntax');
  });

  it('knows every name that the language has', async () => {
    const names = JSON.parse(await answer('Object.getOwnPropertyNames(globalThis)')) as string[];
    expect(names.filter((name) => !isCommonName(name))).to.deep.equal([]);
  });

  it('prints what is given, as text', async () => {
    const outcome = await run(
      'console.log("a", 1, { b: [2n] }, undefined); console.error(new TypeError("x")); print(new Map([["k", 1]]), () => 1)',
    );
    expect(outcome.logs).to.deep.equal(['a 1 {"b":["2"]} undefined', 'TypeError: x', '{"k":1} [function ]']);
  });

  it('gives each script numbers by chance of its own', async () => {
    const script = 'return Array.from({ length: 100 }, Math.random)';
    const [first, second] = [
      JSON.parse(await answer(script)),
      JSON.parse(await answer(script)),
    ] as number[][];
    const all = new Set([...first!, ...second!]);
    expect(all.size).to.be.greaterThan(195);
    for (const number of all) expect(number).to.be.within(0, 1);
    expect([...all].reduce((sum, number) => sum + number, 0) / all.size).to.be.within(0.3, 0.7);
  });

  it('finds data as a whole and by its keys', async () => {
    expect(await answer('x.push(4); return [data, y]', { x: [1], y: 'é' })).to.equal(
      '[{"x":[1,4],"y":"é"},"é"]',
    );
  });

  it('waits by the clock of the host, which counts as waiting', async () => {
    const clock = new HandClock();
    const own = await createCodeMode({ runtime: await createQuickjsRuntime(), tools, clock });
    const order = runOn(
      own,
      'const t = []; setTimeout(() => t.push("b"), 20); const off = setTimeout(() => t.push("x"), 5); clearTimeout(off); await sleep(10); t.push("a"); await sleep(50); return t',
    );
    await clock.advance(100);
    const outcome = await order;
    expect(outcome.ok && outcome.value).to.deep.equal(['a', 'b']);
    expect(outcome.usage.waitMs).to.equal(60);
    await own.close();
  });

  it('tells at once that a script waits for nothing', async () => {
    const error = await failure('await new Promise(() => {})');
    expect(error.message).to.equal('run the script: it waits for something that never comes');
  });

  it('ends when the caller leaves, and calls nothing afterwards', async () => {
    const leaving = new AbortController();
    const script =
      'try { await late(); } finally { await store({ value: 1 }) } for (;;) await store({ value: 2 })';
    const outcome = codeMode.run({ script, signal: leaving.signal });
    leaving.abort();
    expect(await outcome).to.deep.include({ ok: false });
    const before = sent.length;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(sent.length).to.equal(before);
  });

  it('is described in few words', async () => {
    const { guide, briefGuide, examples } = await createQuickjsRuntime();
    expect(new TextEncoder().encode(briefGuide).length).to.be.at.most(1_000);
    expect(guide).to.include('await');
    for (const { script } of examples ?? []) expect(script).to.include('return');
  });
});

function runOn(codeMode: CodeMode, script: string): Promise<Outcome> {
  return codeMode.run({ script });
}
