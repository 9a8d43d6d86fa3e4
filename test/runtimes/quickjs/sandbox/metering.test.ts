/** The meter in small modules, written byte by byte, and in QuickJS as it is installed. */
import { expect } from 'chai';
import { loadQuickjs } from '../../../../runtimes/quickjs/packages.js';
import {
  DEPTH,
  FUEL,
  INSTRUCTION_FUEL,
  LEAST_PAGES,
  metered,
  OUT_OF_FUEL,
  PAGES,
  TOO_DEEP,
} from '../../../../runtimes/quickjs/sandbox/metering.js';
import { sectionsOf } from '../../../../runtimes/quickjs/sandbox/wasm-reader.js';

const I32 = 0x7f;
const HEADER = [0x00, 0x61, 0x73, 0x6d, 0x01, 0x00, 0x00, 0x00];

function leb(number: number): number[] {
  return number < 128 ? [number] : [(number % 128) + 128, ...leb(Math.floor(number / 128))];
}

function text(name: string): number[] {
  return [...leb(name.length), ...new TextEncoder().encode(name)];
}

function section(id: number, items: readonly (readonly number[])[]): number[] {
  const content = [...leb(items.length), ...items.flat()];
  return [id, ...leb(content.length), ...content];
}

function body(code: readonly number[], locals: readonly number[] = []): number[] {
  const whole = [...(locals.length === 0 ? [0] : [1, ...locals]), ...code, 0x0b];
  return [...leb(whole.length), ...whole];
}

/** `f(n)`: a loop of n turns around a table of 160 labels; calls itself with n - 1 where `isRecursive`. */
function interpreter(isRecursive: boolean): number[] {
  const again = isRecursive
    ? [0x20, 0, 0x41, 0, 0x4a, 0x04, 0x40, 0x20, 0, 0x41, 1, 0x6b, 0x10, 1, 0x1a, 0x0b]
    : [];
  const table = [0x02, 0x40, 0x41, 0, 0x0e, ...leb(160), ...Array<number>(161).fill(0), 0x0b];
  const turn = [0x20, 0, 0x41, 1, 0x6b, 0x22, 0, 0x41, 0, 0x4a, 0x0d, 0];
  return body([...again, 0x03, 0x40, ...table, ...turn, 0x0b, 0x41, 7, 0x0f]);
}

/** Takes a function (i32) -> i32 and a memory; exports `f`, `g` (a loop without a table) and `size`. */
function module(isRecursive = false): Uint8Array {
  const plainLoop = body([
    0x03, 0x40, 0x20, 0, 0x41, 1, 0x6b, 0x22, 0, 0x41, 0, 0x4a, 0x0d, 0, 0x0b, 0x41, 9,
  ]);
  return Uint8Array.from([
    ...HEADER,
    ...section(1, [[0x60, 1, I32, 1, I32]]),
    ...section(2, [
      [...text('a'), ...text('ask'), 0, 0],
      [...text('a'), ...text('memory'), 2, 1, 100, 200, 1],
    ]),
    ...section(3, [[0], [0], [0]]),
    ...section(6, [[I32, 1, 0x41, 5, 0x0b]]),
    ...section(7, [
      [...text('f'), 0, 1],
      [...text('g'), 0, 2],
      [...text('size'), 0, 3],
    ]),
    ...section(10, [interpreter(isRecursive), plainLoop, body([0x3f, 0])]),
  ]);
}

interface Metered {
  readonly f: (n: number) => number;
  readonly g: (n: number) => number;
  readonly size: (n: number) => number;
  readonly fuel: WebAssembly.Global;
  readonly depth: WebAssembly.Global;
  readonly pages: WebAssembly.Global;
}

async function start(bytes: Uint8Array, ask: (argument: number) => number): Promise<Metered> {
  const memory = new WebAssembly.Memory({ initial: LEAST_PAGES, maximum: 200 });
  const instance = new WebAssembly.Instance(await WebAssembly.compile(bytes), { a: { ask, memory } });
  const { f, g, size, [FUEL]: fuel, [DEPTH]: depth, [PAGES]: pages } = instance.exports;
  return { f, g, size, fuel, depth, pages } as Metered;
}

describe('the meter', () => {
  it('takes fuel at each turn: of the interpreter much, of other loops little', async () => {
    const { f, g, fuel, depth } = await start(metered(module()).bytes, () => 0);
    fuel.value = 10_000;
    depth.value = 10;
    expect(f(5)).to.equal(7);
    expect(fuel.value).to.equal(10_000 - 5 * INSTRUCTION_FUEL);
    expect(g(5)).to.equal(9);
    expect(fuel.value).to.equal(10_000 - 5 * INSTRUCTION_FUEL - 5);
    expect(depth.value).to.equal(10);
  });

  it('asks for more when there is none, and ends with what is thrown', async () => {
    const asked: number[] = [];
    const { f, fuel, depth } = await start(metered(module()).bytes, (argument) => {
      asked.push(argument);
      if (asked.length === 3) throw new RangeError('enough');
      fuel.value = 2 * INSTRUCTION_FUEL;
      return 0;
    });
    depth.value = 1;
    expect(() => f(100)).to.throw(RangeError, 'enough');
    expect(asked).to.deep.equal([OUT_OF_FUEL, OUT_OF_FUEL, OUT_OF_FUEL]);
  });

  it('counts calls within calls of the interpreter, whichever way they end', async () => {
    const { f, fuel, depth } = await start(metered(module(true)).bytes, (argument) => {
      throw new RangeError(String(argument));
    });
    fuel.value = 1_000_000;
    depth.value = 21;
    expect(f(20)).to.equal(7);
    expect(depth.value).to.equal(21);
    expect(() => f(21)).to.throw(RangeError, String(TOO_DEEP));
  });

  it('tells the size of the memory that the host says', async () => {
    const { size, pages } = await start(metered(module()).bytes, () => 0);
    expect(size(0)).to.equal(LEAST_PAGES);
    pages.value = 3;
    expect(size(0)).to.equal(3);
  });

  it('names the imports that it may call', () => {
    expect([...metered(module()).callOuts]).to.deep.equal(['ask']);
  });

  it('refuses what is not as expected', () => {
    const without = (id: number): Uint8Array => {
      const rest = sectionsOf(module()).filter((each) => each.id !== id);
      return Uint8Array.from([
        ...HEADER,
        ...rest.flatMap((each) => [each.id, ...leb(each.content.length), ...each.content]),
      ]);
    };
    for (const id of [1, 2, 3, 6, 7, 10]) expect(() => metered(without(id)), String(id)).to.throw(RangeError);
    expect(() => metered(module().subarray(0, 60))).to.throw(RangeError);
    const unknown = module().slice();
    unknown[unknown.length - 3] = 0xff;
    expect(() => metered(unknown)).to.throw(RangeError, /unknown instruction/);
  });

  it('fits QuickJS as it is installed', async () => {
    const { wasm } = await loadQuickjs();
    const { bytes, callOuts } = metered(wasm);
    expect(callOuts.size).to.be.greaterThan(0);
    expect(bytes.length - wasm.length).to.be.within(10_000, 100_000);
    await WebAssembly.compile(bytes);
  });
});
