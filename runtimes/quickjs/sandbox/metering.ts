/**
 * Puts a meter into a WebAssembly module that interprets scripts.
 *
 * Nothing that computes for long does so without a loop or a recursion. So every loop takes some fuel at each
 * of its turns, and calls out once there is none; the loop that dispatches the interpreter's instructions takes
 * more than the others. The function that it stands in counts its calls within calls: what an interpreted call
 * of a function is. Whoever is called out to gives more fuel, or throws: no script can catch that.
 *
 * How large the memory is, the module reads from a counter, too: so a memory that has grown can be used again as
 * a small one. It asks for as little as it can begin with, so that the host sees it grow.
 *
 * The host sets the counters, which are exported. Functions, types and imports keep their numbers: nothing else
 * changes.
 */
import { HEADER_LENGTH, OPCODE, SECTION, sectionsOf, skipImmediates, WasmReader } from './wasm-reader.js';
import type { Section } from './wasm-reader.js';

/** What one turn takes of the fuel: of the interpreter's loop, and of every other one. */
export const INSTRUCTION_FUEL = 32;
const TURN_FUEL = 1;

/** The names under which the counters are exported. */
export const FUEL = 'toolscript_fuel';
export const DEPTH = 'toolscript_depth';
export const PAGES = 'toolscript_pages';

/** What the host is called with: there is no fuel; there are too many calls within calls. */
export const OUT_OF_FUEL = -0x7f01;
export const TOO_DEEP = -0x7f02;

/** Labels that the table of an interpreter has at the least. */
const WIDE_TABLE = 150;

/** A module with a meter in it. */
export interface MeteredModule {
  readonly bytes: Uint8Array<ArrayBuffer>;
  /**
   * The imports that take and answer an i32. The meter calls one of them, besides whatever else calls it; nothing
   * else calls them with {@link OUT_OF_FUEL} or {@link TOO_DEEP}. When the memory is to grow, one of them is called
   * with the bytes that are wanted.
   */
  readonly callOuts: ReadonlySet<string>;
}

/** Puts the meter in. Throws a RangeError where the module is not as expected. */
export function metered(module: Uint8Array): MeteredModule {
  const sections = sectionsOf(module);
  const types = typesOf(sections);
  const imports = importsOf(sections);
  const callOut = imports.functions.findIndex(({ type }) => takesAndAnswersI32(types[type]!));
  if (callOut < 0)
    throw new RangeError('meter a module: it imports no function that takes and answers an i32');
  const globals = contentOf(sections, SECTION.globals);
  const fuel = imports.globals + new WasmReader(globals).number();
  const meter = { fuel, depth: fuel + 1, pages: fuel + 2, callOut };
  const rewritten = new Map<number, Uint8Array<ArrayBuffer>>([
    [SECTION.globals, withMore(globals, [counterOf(0), counterOf(0), counterOf(LEAST_PAGES)])],
    [SECTION.imports, imports.withLeastMemory],
    [
      SECTION.exports,
      withMore(contentOf(sections, SECTION.exports), [
        exportOf(FUEL, meter.fuel),
        exportOf(DEPTH, meter.depth),
        exportOf(PAGES, meter.pages),
      ]),
    ],
    [SECTION.code, new MeteredCode(sections, types, meter).content()],
  ]);
  const parts = sections.map(({ id, content }) => {
    const now = rewritten.get(id) ?? content;
    return joined([Uint8Array.of(id, ...unsigned(now.length)), now]);
  });
  const bytes = joined([module.subarray(0, HEADER_LENGTH), ...parts]);
  const callOuts = imports.functions.filter(({ type }) => takesAndAnswersI32(types[type]!));
  return { bytes, callOuts: new Set(callOuts.map(({ name }) => name)) };
}

/** The numbers of what the meter uses. */
interface MeterIndexes {
  readonly fuel: number;
  readonly depth: number;
  readonly pages: number;
  readonly callOut: number;
}

/** A global that can be set, of type i32. */
function counterOf(initial: number): number[] {
  return [I32, 0x01, I32_CONST, ...signed(initial), OPCODE.end];
}

/** Rewrites the bodies of all functions. */
class MeteredCode {
  readonly #bodies: readonly Uint8Array[];
  readonly #types: readonly FunctionType[];
  readonly #meter: MeterIndexes;

  constructor(sections: readonly Section[], types: readonly FunctionType[], meter: MeterIndexes) {
    const code = new WasmReader(contentOf(sections, SECTION.code));
    this.#bodies = code.vector(() => code.take(code.number()));
    const functions = new WasmReader(contentOf(sections, SECTION.functions));
    this.#types = functions.vector(() => types[functions.number()]!);
    this.#meter = meter;
  }

  content(): Uint8Array<ArrayBuffer> {
    const shapes = this.#bodies.map(shapeOf);
    const widest = Math.max(...shapes.map(({ widest }) => widest));
    if (widest < WIDE_TABLE) throw new RangeError('meter a module: it has no interpreter');
    const bodies = shapes.map((shape, index) => {
      const isInterpreter = shape.widest === widest;
      const inserted = [...this.#turns(shape, isInterpreter), ...this.#sizes(shape)];
      if (isInterpreter) inserted.push(...this.#calls(shape, this.#types[index]!));
      return spliced(this.#bodies[index]!, inserted);
    });
    return joined([
      Uint8Array.from(unsigned(bodies.length)),
      ...bodies.flatMap((body) => [Uint8Array.from(unsigned(body.length)), body]),
    ]);
  }

  /** What stands at the head of each loop. */
  #turns({ loops, dispatch }: BodyShape, isInterpreter: boolean): Insertion[] {
    const { fuel, callOut } = this.#meter;
    return loops.map((at) => {
      const taken = isInterpreter && at === dispatch ? INSTRUCTION_FUEL : TURN_FUEL;
      return { at, code: [...taking(fuel, taken), ...callingWhenNegative(fuel, callOut, OUT_OF_FUEL)] };
    });
  }

  /** What stands in place of each question for the size of the memory. */
  #sizes({ sizes }: BodyShape): Insertion[] {
    const code = [GLOBAL_GET, ...unsigned(this.#meter.pages)];
    return sizes.map((at) => ({ at, code, replaces: MEMORY_SIZE_LENGTH }));
  }

  /**
   * What stands where the interpreter is entered and left. Its body becomes a block of its own, so that a
   * branch out of it comes by what stands behind.
   */
  #calls({ start, end, returns }: BodyShape, { results }: FunctionType): Insertion[] {
    const { depth, callOut } = this.#meter;
    if (results.length > 1) throw new RangeError('meter a module: its interpreter answers several values');
    const entering = [...taking(depth, 1), ...callingWhenNegative(depth, callOut, TOO_DEEP)];
    const leaving = taking(depth, -1);
    return [
      { at: start, code: [...entering, OPCODE.block, results[0] ?? NO_RESULT] },
      ...returns.map((at) => ({ at, code: leaving })),
      { at: end, code: [OPCODE.end, ...leaving] },
    ];
  }
}

/** The type of a block that answers nothing. */
const NO_RESULT = 0x40;

/** `memory.size` and the number of the memory. */
const MEMORY_SIZE_LENGTH = 2;

/** Code to be inserted before the byte at an offset; in place of so many bytes. */
interface Insertion {
  readonly at: number;
  readonly code: readonly number[];
  readonly replaces?: number;
}

/** Where things stand in the body of a function; offsets. */
interface BodyShape {
  /** Of the first instruction, and of the last one, which is an `end`. */
  readonly start: number;
  readonly end: number;
  /** Behind the head of each loop. */
  readonly loops: readonly number[];
  readonly returns: readonly number[];
  /** Where it asks for the size of the memory. */
  readonly sizes: readonly number[];
  /** The labels of its widest table, and the loop that this table stands in, if it does. */
  readonly widest: number;
  readonly dispatch: number | undefined;
}

function shapeOf(body: Uint8Array): BodyShape {
  const reader = new WasmReader(body);
  skipLocals(reader);
  const start = reader.at;
  const loops: number[] = [];
  const returns: number[] = [];
  const sizes: number[] = [];
  const open: (number | undefined)[] = [];
  let widest = 0;
  let dispatch: number | undefined;
  let end = start;
  while (!reader.isAtEnd) {
    end = reader.at;
    const opcode = reader.byte();
    const labels = skipImmediates(reader, opcode);
    if (labels > widest) {
      widest = labels;
      dispatch = open.findLast((loop) => loop !== undefined);
    }
    if (opcode === OPCODE.return) returns.push(end);
    else if (opcode === OPCODE.memorySize) sizes.push(end);
    else if (opcode === OPCODE.end) open.pop();
    else if (opcode === OPCODE.loop) {
      loops.push(reader.at);
      open.push(reader.at);
    } else if (opcode === OPCODE.block || opcode === OPCODE.if) open.push(undefined);
  }
  return { start, end, loops, returns, sizes, widest, dispatch };
}

function skipLocals(reader: WasmReader): void {
  for (let groups = reader.number(); groups > 0; groups -= 1) reader.skipNumbers(2);
}

/** `counter -= amount` */
function taking(counter: number, amount: number): number[] {
  return [
    GLOBAL_GET,
    ...unsigned(counter),
    I32_CONST,
    ...signed(amount),
    I32_SUB,
    GLOBAL_SET,
    ...unsigned(counter),
  ];
}

/** `if (counter < 0) callOut(reason)` */
function callingWhenNegative(counter: number, callOut: number, reason: number): number[] {
  const isNegative = [GLOBAL_GET, ...unsigned(counter), I32_CONST, 0, I32_LT_S];
  return [
    ...isNegative,
    OPCODE.if,
    NO_RESULT,
    I32_CONST,
    ...signed(reason),
    CALL,
    ...unsigned(callOut),
    DROP,
    OPCODE.end,
  ];
}

const CALL = 0x10;
const DROP = 0x1a;
const GLOBAL_GET = 0x23;
const GLOBAL_SET = 0x24;
const I32_CONST = 0x41;
const I32_LT_S = 0x48;
const I32_SUB = 0x6b;

/** What a function takes and answers: types of values, as their bytes. */
interface FunctionType {
  readonly parameters: readonly number[];
  readonly results: readonly number[];
}

const I32 = 0x7f;

function takesAndAnswersI32({ parameters, results }: FunctionType): boolean {
  return parameters.length === 1 && parameters[0] === I32 && results.length === 1 && results[0] === I32;
}

function typesOf(sections: readonly Section[]): FunctionType[] {
  const reader = new WasmReader(contentOf(sections, SECTION.types));
  const values = (): number[] => reader.vector(() => reader.byte());
  return reader.vector(() => {
    if (reader.byte() !== FUNCTION_TYPE) throw new RangeError('meter a module: a type that is no function');
    return { parameters: values(), results: values() };
  });
}

const FUNCTION_TYPE = 0x60;

/** What a module takes from the host: its functions in their order, and how many globals. */
interface Imports {
  readonly functions: readonly { readonly name: string; readonly type: number }[];
  readonly globals: number;
  /** The section, with a memory of {@link LEAST_PAGES}. */
  readonly withLeastMemory: Uint8Array<ArrayBuffer>;
}

/** Pages of 64 KiB that the memory has in the beginning: static data, the stack of 5 MiB, some heap. */
export const LEAST_PAGES = 90;

function importsOf(sections: readonly Section[]): Imports {
  const reader = new WasmReader(contentOf(sections, SECTION.imports));
  const functions: { name: string; type: number }[] = [];
  let globals = 0;
  let least: Uint8Array<ArrayBuffer> | undefined;
  for (let left = reader.number(); left > 0; left -= 1) {
    reader.name();
    const name = reader.name();
    const kind = reader.byte();
    if (kind === KIND.function) functions.push({ name, type: reader.number() });
    else if (kind === KIND.memory) {
      const hasMost = reader.byte() === 1;
      const before = reader.bytes.subarray(0, reader.at);
      reader.number();
      least = joined([before, Uint8Array.from(unsigned(LEAST_PAGES)), reader.bytes.subarray(reader.at)]);
      if (hasMost) reader.number();
    } else if (kind === KIND.global) {
      reader.take(2);
      globals += 1;
    } else throw new RangeError('meter a module: an import of an unknown kind');
  }
  if (least === undefined) throw new RangeError('meter a module: it does not import its memory');
  return { functions, globals, withLeastMemory: least };
}

const KIND = { function: 0, memory: 2, global: 3 } as const;

function exportOf(name: string, globalIndex: number): number[] {
  const bytes = new TextEncoder().encode(name);
  return [...unsigned(bytes.length), ...bytes, KIND.global, ...unsigned(globalIndex)];
}

function contentOf(sections: readonly Section[], id: number): Uint8Array {
  const content = sections.find((section) => section.id === id)?.content;
  if (content === undefined) throw new RangeError(`meter a module: it has no section ${String(id)}`);
  return content;
}

/** A vector with more items behind the others. */
function withMore(vector: Uint8Array, items: readonly (readonly number[])[]): Uint8Array<ArrayBuffer> {
  const reader = new WasmReader(vector);
  const count = reader.number() + items.length;
  return joined([
    Uint8Array.from(unsigned(count)),
    vector.subarray(reader.at),
    Uint8Array.from(items.flat()),
  ]);
}

function spliced(body: Uint8Array, insertions: readonly Insertion[]): Uint8Array {
  const parts: Uint8Array[] = [];
  let from = 0;
  for (const { at, code, replaces = 0 } of insertions.toSorted((a, b) => a.at - b.at)) {
    parts.push(body.subarray(from, at), Uint8Array.from(code));
    from = at + replaces;
  }
  return joined([...parts, body.subarray(from)]);
}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((length, part) => length + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/** LEB128, section 5.2.2. */
function unsigned(number: number): number[] {
  const low = number % 128;
  return number < 128 ? [low] : [low + 128, ...unsigned(Math.floor(number / 128))];
}

function signed(number: number): number[] {
  const low = number & 127;
  const rest = number >> 7;
  const isLast = (rest === 0 && low < 64) || (rest === -1 && low >= 64);
  return isLast ? [low] : [low + 128, ...signed(rest)];
}
