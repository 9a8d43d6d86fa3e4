import { expect } from 'chai';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tokensOf } from '../../../../runtimes/quickjs/script/token-scan.js';
import { unknownCalls } from '../../../../runtimes/quickjs/script/unknown-calls.js';

const KNOWN = new Set(['read_file', 'paths']);

function found(source: string) {
  return unknownCalls(
    source,
    (name) => KNOWN.has(name),
    () => ['read_file', 'paths'],
  );
}

function names(source: string): string[] {
  const failure = found(source);
  return failure === undefined
    ? []
    : [failure, ...(failure.also ?? [])].map(({ message }) => message.split(/[ :]/)[1]!);
}

describe('calls of what nobody has', () => {
  const told: readonly (readonly [source: string, names: readonly string[]])[] = [
    ['await read_files({ path: "x" })', ['read_files']],
    ['fetch("x"); const a = [1].map((x) => parse_it(x)); require("fs")', ['fetch', 'parse_it', 'require']],
    ['const s = `${wrong(1)} ${`${worse()}`}`;', ['wrong', 'worse']],
    ['const r = /[/"]+/.test("x"); wrong(1) / 2', ['wrong']],
    ['if (paths) /wrong(1)/.test("x"); const x = (1) / worse(2) / 3', ['worse']],
    ['new Buffer("x")', ['Buffer']],
    ['const o = { a: wrong({ b: 1 }) }', ['wrong']],
    ['if (a) wrong()\nvar a', ['wrong']],
  ];
  for (const [source, expected] of told) {
    it(`are told: ${source}`, () => expect(names(source)).to.deep.equal(expected));
  }

  const right: readonly string[] = [
    'await read_file({ path: "x" }); console.log(parseInt("1"), JSON.stringify(paths))',
    'function later() {} later(); helper(); const helper = () => 1',
    'const { a, b: c } = paths; a(); c()',
    'const f = (cb) => cb(1); f(({ x }) => x())',
    'try { x() } catch (e) { e() } function g({ p = 1 }, ...rest) { p(); rest() } let x',
    'class A { run(x) { return 1 } static make() { return 1 } get y() { return 1 } async *z() {} } run',
    'const o = { run(x) { return x }, async go() { return 1 } }; o.run(1); o?.go()',
    'if (typeof maybe !== "undefined") maybe()',
    'const t = "wrong(1)"; const u = `wrong(1)`; /* wrong(1) */ // wrong(1)\nconst v = /wrong(1)/',
    'globalThis.made = () => 1; made()',
    'eval("var made = 1"); made()',
    'with (paths) { join() }',
    'this.made = () => 1; made()',
    '(() => {}).constructor("made = 1")(); made()',
    'function f() {} / "wrong(1)" /.test("a")',
    'label: for (;;) break label; for (const of of []) of()',
    '\\u0061bc(); const abc = 1',
    'let get = 1; get(); async () => 1; static_(); var static_',
  ];
  for (const source of right) {
    it(`are not told where it is not certain: ${source}`, () => expect(names(source)).to.deep.equal([]));
  }

  it('are told with their place and the nearest name', () => {
    expect(found('const é = "😀";\n  "😀"; raed_file({})')).to.deep.equal({
      code: 'script/name',
      message: 'call raed_file: there is nothing of that name',
      position: { line: 2, column: 8 },
      hint: 'did you mean read_file?',
    });
  });

  it('take time in proportion to the text', () => {
    for (const text of [
      'f('.repeat(60_000),
      '`${'.repeat(60_000),
      '"'.repeat(100_000),
      '/'.repeat(100_000),
      '{'.repeat(200_000),
      '\\"'.repeat(100_000),
    ]) {
      const before = process.cpuUsage().user;
      tokensOf(text);
      found(text);
      expect(process.cpuUsage().user - before).to.be.below(2_000_000);
    }
  });

  it('are never told of a program that runs: JavaScript of packages', () => {
    const root = fileURLToPath(new URL('../../../../node_modules', import.meta.url));
    const globals = new Set([
      ...Object.getOwnPropertyNames(globalThis),
      'require',
      'process',
      'define',
      'ActiveXObject',
      'importScripts',
      'postMessage',
      'HTMLElement',
      'document',
      'window',
      'alert',
    ]);
    let read = 0;
    for (const folder of [
      'ajv',
      'eventemitter3',
      'commander',
      'tsyringe',
      'zod',
      'pino',
      'chai',
      'sinon',
      'ioredis',
      'minisearch',
    ]) {
      const files = readdirSync(join(root, folder), { recursive: true, encoding: 'utf8' });
      for (const file of files
        .filter((name) => /(?<!\.min)\.(?:js|cjs|mjs)$/.test(name) && !/test|spec|bench|benchmark/.test(name))
        .slice(0, 150)) {
        const source = readFileSync(join(root, folder, file), 'utf8');
        const failure = unknownCalls(
          source,
          (name) => globals.has(name),
          () => [],
        );
        if (tokensOf(source) !== undefined) read += 1;
        expect(failure?.message, `${folder}/${file}`).to.equal(undefined);
      }
    }
    expect(read).to.be.greaterThan(100);
  });
});
