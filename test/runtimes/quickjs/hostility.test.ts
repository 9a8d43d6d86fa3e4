/** Attacks on the sandbox: each ends as it should, the host is as it was, and the next script works. */
import { expect } from 'chai';
import { createCodeMode } from '../../../adapters/library/index.js';
import type { CodeMode, Limits } from '../../../adapters/library/index.js';
import { createQuickjsRuntime } from '../../../runtimes/quickjs/index.js';
import { HostileDispatcher } from '../../hostility/hostile-tools.js';
import { changes, hostSnapshot } from '../../hostility/host-snapshot.js';

interface More {
  readonly limits?: Partial<Limits>;
  readonly value?: unknown;
  readonly says?: RegExp;
}

type Attack = readonly [name: string, script: string, code: string, more?: More];

const CANARY =
  'const a = [3, 1, 2].sort(); return [a, Object.keys({}).length, typeof leaked, await echo({ a: 1 })];';
const CANARY_VALUE = [[1, 2, 3], 0, 'undefined', { a: 1 }];

/** A fifth of the usual steps: endless is endless. */
const LIMITS = { steps: 200_000, wallTimeMs: 20_000 };

const attacks: readonly Attack[] = [
  // loops
  ['an endless loop', 'for (;;) ;', 'limit/steps'],
  ['an endless loop in try', 'for (;;) { try { for (;;) ; } catch {} finally { continue } }', 'limit/steps'],
  ['an endless loop of jobs', 'const f = async () => { for (;;) await null }; await f()', 'limit/steps'],
  ['jobs that make jobs', 'const f = () => Promise.resolve().then(f); await f()', 'limit/steps'],
  ['an endless loop in a builtin', '[].indexOf.call({ length: 2 ** 53 - 1 }, 1)', 'limit/steps'],
  ['an endless loop in a join', '[].join.call({ length: 2 ** 53 - 1 })', 'limit/steps|limit/memory'],
  ['an endless iterator', '[...(function* () { for (;;) yield 1 })()]', 'limit/steps|limit/memory'],
  [
    'an endless async iterator',
    'for await (const x of (async function* () { for (;;) yield 1 })()) ;',
    'limit/steps',
  ],
  [
    'a needle in a haystack',
    'const s = "a".repeat(2 ** 20); s.indexOf("a".repeat(2 ** 19) + "b")',
    'limit/steps',
  ],
  ['a sort that never agrees', 'Array.from({ length: 1e5 }, (_, i) => i).sort(() => 1)', 'limit/steps'],
  ['backtracking', '/(a+)+b/.test("a".repeat(60))', 'limit/steps'],
  ['backtracking in a replacement', '"a".repeat(60).replace(/^(a|a)*$b/, "")', 'limit/steps'],
  ['the digits of a power', 'let n = 3n; for (;;) n *= n', 'limit/steps|limit/memory|script/runtime'],
  ['digits as text', '(3n ** 600000n).toString().length', 'limit/steps'],
  ['an endless getter in the result', 'return { get a() { for (;;) ; } }', 'limit/steps'],
  ['an endless toJSON', 'return { toJSON() { for (;;) ; } }', 'limit/steps'],
  ['an endless toJSON in arguments', 'await echo({ a: { toJSON() { for (;;) ; } } })', 'limit/steps'],
  [
    'an endless toString in a print',
    'console.log({ toString() { for (;;) ; }, toJSON() { throw 1 } })',
    'limit/steps',
  ],
  ['an endless proxy', 'return new Proxy({}, { ownKeys() { for (;;) ; } })', 'limit/steps'],
  [
    'a proxy without end',
    'return new Proxy({}, { get: (t, k) => k === "toJSON" ? undefined : new Proxy({}, {}), ownKeys: () => ["a"], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true, value: 1 }) })',
    'ok',
    { value: { a: {} } },
  ],
  [
    'the clock',
    'const t = Date.now(); while (Date.now() - t < 1e6) ;',
    'limit/wall-time',
    { limits: { steps: 1e12, wallTimeMs: 200 } },
  ],
  [
    'a builtin beyond the time',
    '[].indexOf.call({ length: 2 ** 53 - 1 }, 1)',
    'limit/wall-time',
    { limits: { steps: 1e12, wallTimeMs: 200 } },
  ],
  // memory
  ['a gigabyte at once', 'new Uint8Array(2 ** 30)', 'limit/memory'],
  [
    'a gigabyte in parts',
    'const a = []; for (;;) a.push(new Uint8Array(2 ** 20))',
    'limit/memory|limit/steps',
  ],
  ['a gigabyte that is caught', 'try { new Uint8Array(2 ** 30) } catch {} return 1', 'limit/memory'],
  ['a gigabyte of text', '"x".repeat(2 ** 29)', 'limit/memory'],
  [
    'text that doubles',
    'let s = "x".repeat(1e6); for (;;) s += s',
    'limit/memory|limit/steps|script/runtime',
  ],
  [
    'more than there can be',
    'try { new ArrayBuffer(2 ** 31 - 1) } catch {} try { new ArrayBuffer(2 ** 40) } catch {} return 1',
    'ok|limit/memory',
  ],
  [
    'a list that grows',
    'const a = []; for (;;) a.push({})',
    'limit/memory|limit/steps',
    { limits: { steps: 1e9, memoryBytes: 2 ** 22 } },
  ],
  ['a long list', 'new Array(2 ** 32 - 1).fill(0)', 'limit/memory|limit/steps'],
  [
    'a large argument',
    'await echo({ a: "x".repeat(3e6) })',
    'limit/memory',
    { limits: { steps: 1e9, memoryBytes: 2 ** 23 } },
  ],
  [
    'a resizable buffer',
    'const b = new ArrayBuffer(8, { maxByteLength: 2 ** 30 }); b.resize?.(2 ** 30); return 1',
    'limit/memory|script/runtime|ok',
  ],
  // depth
  ['recursion', '(function f() { f() })()', 'limit/depth'],
  ['recursion that is caught', 'function f() { try { f() } catch { f() } } f()', 'limit/depth'],
  ['recursion through getters', 'const o = { get a() { return o.a } }; o.a', 'limit/depth'],
  [
    'recursion through proxies',
    'let p = {}; for (let i = 0; i < 1e4; i++) p = new Proxy(p, {}); p.x',
    'limit/depth|ok|limit/memory',
  ],
  ['recursion through sort', 'function f() { [1, 2].sort(f) } f()', 'limit/depth'],
  ['recursion through toString', 'const o = { toString() { return `${o}` } }; `${o}`', 'limit/depth'],
  ['a deep text', 'JSON.parse("[".repeat(1e5))', 'limit/depth|script/syntax'],
  [
    'a deep value',
    'let a = []; for (let i = 0; i < 5e4; i++) a = [a]; JSON.stringify(a)',
    'limit/depth|script/runtime|limit/steps',
  ],
  ['a deep pattern', 'new RegExp("(?:".repeat(1e5))', 'limit/depth|script/syntax'],
  ['a deep script', 'eval("(".repeat(1e5))', 'limit/depth|script/syntax'],
  [
    'a deep bound function',
    'let f = () => 1; for (let i = 0; i < 5e3; i++) f = f.bind(null); f()',
    'limit/depth|limit/memory|ok|limit/steps',
  ],
  // floods
  ['prints', 'for (;;) console.log("x".repeat(1000))', 'limit/logs'],
  ['prints that are caught', 'for (;;) { try { console.log("x".repeat(1000)) } catch {} }', 'limit/logs'],
  ['a large result', 'return "x".repeat(2e6)', 'limit/output'],
  ['calls', 'for (;;) await echo({})', 'limit/tool-calls', { limits: { toolCalls: 20 } }],
  [
    'calls that are caught',
    'for (;;) { try { await echo({}) } catch {} }',
    'limit/tool-calls',
    { limits: { toolCalls: 20 } },
  ],
  [
    'calls at once',
    'await Promise.all(Array.from({ length: 50 }, () => echo({})))',
    'limit/tool-calls',
    { limits: { toolCalls: 20 } },
  ],
  ['sleeps', 'for (;;) sleep(1e9)', 'ok|limit/steps|limit/wall-time', { limits: { wallTimeMs: 500 } }],
  [
    '10,000 promises that wait',
    'const all = Array.from({ length: 1e4 }, () => new Promise(() => {})); await Promise.race(all)',
    'script/runtime',
    { says: /never comes/ },
  ],
  ['a rejection nobody sees', 'Promise.reject(new Error("x")); fails({}); return 1', 'ok', { value: 1 }],
  // promises
  ['a promise that never settles', 'await new Promise(() => {})', 'script/runtime', { says: /never comes/ }],
  ['a thenable that never answers', 'return { then() {} }', 'script/runtime', { says: /never comes/ }],
  ['a thenable that answers twice', 'return { then(yes, no) { yes(1); no(2); yes(3) } }', 'ok', { value: 1 }],
  ['a thenable that throws', 'return { then() { throw new Error("t") } }', 'script/runtime', { says: /t$/ }],
  [
    'a call that never answers',
    'await never({})',
    'tool/timeout|limit/wall-time',
    { limits: { wallTimeMs: 300, toolCallTimeoutMs: 100 } },
  ],
  // prototypes, and the way out
  [
    'prototypes',
    'Object.prototype.leaked = 1; Array.prototype.push = null; Promise.prototype.then = null; JSON.stringify = null; return 1',
    'ok|script/runtime',
  ],
  ['a prototype in the result', 'return JSON.parse(\'{"__proto__": {"polluted": 1}}\')', 'ok'],
  [
    'a prototype in arguments',
    'return Object.keys(await echo(JSON.parse(\'{"__proto__": {"polluted": 1}}\')))',
    'ok',
    { value: ['__proto__'] },
  ],
  ['state for the next', 'globalThis.leaked = 1; tools.leaked; return 1', 'tool/unknown'],
  [
    'the constructor of all',
    'return (() => {}).constructor("return typeof process + typeof require + typeof globalThis.fetch")()',
    'ok',
    { value: 'undefinedundefinedundefined' },
  ],
  [
    'eval',
    'return [eval("1 + 1"), (0, eval)("typeof ask"), new Function("return typeof MARK")()]',
    'ok',
    { value: [2, 'undefined', 'undefined'] },
  ],
  [
    'the stack of an error',
    'try { null.x } catch (e) { return e.stack.includes("/") }',
    'ok',
    { value: false },
  ],
  [
    'the stack of a tool error',
    'try { await fails({}) } catch (e) { return [e.stack.includes("/"), e.stack.includes("node")] }',
    'ok',
    { value: [false, false] },
  ],
  [
    'the functions of the host',
    'return [Object.getOwnPropertyNames(echo), typeof echo.constructor("return this")().process]',
    'ok',
  ],
  [
    'an error that lies',
    'throw Object.assign(new Error("x"), { code: "internal", tool: "secret" })',
    'script/runtime',
  ],
  [
    'an error with a nasty message',
    'throw { get message() { for (;;) ; }, name: 1 }',
    'limit/steps|script/runtime',
  ],
  [
    'an error whose fields throw',
    'const e = new Error("x"); Object.defineProperty(e, "message", { get() { throw e } }); throw e',
    'script/runtime',
  ],
  [
    'a stack that is none',
    'const e = new Error("x"); e.stack = { toString() { throw 1 } }; throw e',
    'script/runtime',
  ],
  [
    'waiting for memory',
    'return typeof Atomics.wait(new Int32Array(new SharedArrayBuffer(8)), 0, 0)',
    'script/runtime|ok',
  ],
  [
    'a finalizer',
    'new FinalizationRegistry(() => { for (;;) ; }).register({}, 1); return 1',
    'ok|script/runtime',
  ],
  ['texts that JSON escapes', 'return "\\u0000\\ud800\\u2028"', 'ok', { value: '\u0000\ud800\u2028' }],
  [
    'names of builtins for other things',
    'const Promise = 1, Object = 2, JSON = 3, Array = 4; return await echo({ a: [1] })',
    'ok',
    { value: { a: [1] } },
  ],
  ['a tool that answers a thenable', 'return await echo({ then: 1 })', 'ok', { value: { then: 1 } }],
  ['a text with a zero in it', 'return "a\u0000b".length', 'ok|script/syntax'],
];

describe('attacks on JavaScript', function () {
  this.timeout(60_000);
  const dispatcher = new HostileDispatcher();
  const unhandled: unknown[] = [];
  const keep = (reason: unknown): void => void unhandled.push(reason);
  let codeMode: CodeMode;

  before(async () => {
    codeMode = await createCodeMode({ runtime: await createQuickjsRuntime(), dispatcher });
    process.on('unhandledRejection', keep);
  });
  after(async () => {
    process.off('unhandledRejection', keep);
    await codeMode.close();
  });

  for (const [name, script, code, more = {}] of attacks) {
    it(name, async () => {
      const host = hostSnapshot();
      const outcome = await codeMode.run({ script, limits: { ...LIMITS, ...more.limits } });
      const ended = outcome.ok ? 'ok' : outcome.error.code;
      const told = outcome.ok ? outcome.text : outcome.error.message;
      expect(code.split('|'), `${ended}: ${told.slice(0, 200)}`).to.include(ended);
      if (outcome.ok && 'value' in more) expect(outcome.value).to.deep.equal(more.value);
      if (!outcome.ok) {
        if (more.says !== undefined) expect(outcome.error.message).to.match(more.says);
        expect(JSON.stringify(outcome.error)).not.to.match(/node_modules|wasm|\/work|internal\//);
      }
      expect(changes(host, hostSnapshot())).to.deep.equal([]);
      expect(unhandled).to.deep.equal([]);
      const canary = await codeMode.run({ script: CANARY });
      expect(canary.ok && canary.value).to.deep.equal(CANARY_VALUE);
    });
  }

  it('leave no memory behind in 300 scripts, some of which break their sandbox', async () => {
    const { gc } = globalThis;
    const one = async (index: number): Promise<void> => {
      const script =
        index % 20 === 0
          ? '(function f() { f() })()'
          : 'const a = []; for (let i = 0; i < 100; i++) a.push({ i }); return (await echo({ a })).a.length';
      await codeMode.run({ script });
    };
    for (let i = 0; i < 60; i++) await one(i);
    gc?.();
    const before = process.memoryUsage();
    for (let i = 0; i < 300; i++) await one(i);
    gc?.();
    const after = process.memoryUsage();
    expect(after.heapUsed - before.heapUsed).to.be.below(40_000_000);
    expect(after.arrayBuffers - before.arrayBuffers).to.be.below(200_000_000);
  });
});
