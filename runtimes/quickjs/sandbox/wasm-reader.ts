/**
 * Reads a WebAssembly binary (core specification 2.0, section 5) as far as its code must be rewritten: numbers,
 * sections, and the length of every instruction. What it does not know it refuses, so that nothing is passed
 * over.
 */

/** The sections that are looked into, by id. */
export const SECTION = { types: 1, imports: 2, functions: 3, globals: 6, exports: 7, code: 10 } as const;

/** The instructions that are looked at, by opcode. */
export const OPCODE = {
  block: 0x02,
  loop: 0x03,
  if: 0x04,
  end: 0x0b,
  branchTable: 0x0e,
  return: 0x0f,
  memorySize: 0x3f,
} as const;

/** One section: its id, and its content. */
export interface Section {
  readonly id: number;
  readonly content: Uint8Array;
}

/** Reads bytes one after the other. */
export class WasmReader {
  at = 0;

  constructor(readonly bytes: Uint8Array) {}

  get isAtEnd(): boolean {
    return this.at >= this.bytes.length;
  }

  byte(): number {
    const byte = this.bytes[this.at];
    if (byte === undefined) throw new RangeError('read a WebAssembly module: it ends too soon');
    this.at += 1;
    return byte;
  }

  /** An unsigned number of at most 32 bits. */
  number(): number {
    let value = 0;
    for (let scale = 1; ; scale *= 128) {
      const byte = this.byte();
      value += (byte & 127) * scale;
      if (byte < 128) return value;
    }
  }

  /** So many of the next bytes. */
  take(count: number): Uint8Array {
    const taken = this.bytes.subarray(this.at, this.at + count);
    this.at += count;
    return taken;
  }

  /** A vector: what `read` makes of each item. */
  vector<Item>(read: () => Item): Item[] {
    return Array.from({ length: this.number() }, read);
  }

  /** A name, as text. */
  name(): string {
    return new TextDecoder().decode(this.take(this.number()));
  }

  /** Passes over numbers of any size. */
  skipNumbers(count: number): void {
    for (let left = count; left > 0; left -= 1) while (this.byte() >= 128);
  }
}

/** All sections of a module, in their order. */
export function sectionsOf(module: Uint8Array): Section[] {
  const reader = new WasmReader(module);
  reader.take(HEADER_LENGTH);
  const sections: Section[] = [];
  while (!reader.isAtEnd) sections.push({ id: reader.byte(), content: reader.take(reader.number()) });
  return sections;
}

/** Bytes before the first section. */
export const HEADER_LENGTH = 8;

/** Passes over what follows an opcode; answers the number of labels of a branch table, else 0. */
export function skipImmediates(reader: WasmReader, opcode: number): number {
  if (opcode === OPCODE.branchTable) {
    const labels = reader.number() + 1;
    reader.skipNumbers(labels);
    return labels;
  }
  if (opcode === WITH_PREFIX) reader.skipNumbers(numbersAfterPrefix(reader.number()));
  else if (opcode === SELECT_OF_TYPES) reader.skipNumbers(reader.number());
  else if (opcode === F32_CONST) reader.take(4);
  else if (opcode === F64_CONST) reader.take(8);
  else reader.skipNumbers(numbersAfter(opcode));
  return 0;
}

const WITH_PREFIX = 0xfc;
const SELECT_OF_TYPES = 0x1c;
const F32_CONST = 0x43;
const F64_CONST = 0x44;

/** How many numbers follow the opcodes: the first, the last, and the count. */
const RANGES: readonly (readonly [first: number, last: number, count: number])[] = [
  [0x00, 0x01, 0],
  [0x02, 0x04, 1],
  [0x05, 0x05, 0],
  [0x0b, 0x0b, 0],
  [0x0c, 0x0d, 1],
  [0x0f, 0x0f, 0],
  [0x10, 0x10, 1],
  [0x11, 0x11, 2],
  [0x12, 0x12, 1],
  [0x13, 0x13, 2],
  [0x1a, 0x1b, 0],
  [0x20, 0x26, 1],
  [0x28, 0x3e, 2],
  [0x3f, 0x42, 1],
  [0x45, 0xc4, 0],
  [0xd0, 0xd0, 1],
  [0xd1, 0xd1, 0],
  [0xd2, 0xd2, 1],
];

/** The same by opcode; undefined for what is no opcode. */
const NUMBERS: readonly (number | undefined)[] = Array.from(
  { length: 256 },
  (_, opcode) => RANGES.find(([first, last]) => first <= opcode && opcode <= last)?.[2],
);

/** The same behind the prefix 0xfc, by what follows it. */
const NUMBERS_AFTER_PREFIX = [0, 0, 0, 0, 0, 0, 0, 0, 2, 1, 2, 1, 2, 1, 2, 1, 1, 1];

function numbersAfter(opcode: number): number {
  const count = NUMBERS[opcode];
  if (count === undefined) throw unknownInstruction(opcode);
  return count;
}

function numbersAfterPrefix(code: number): number {
  const count = NUMBERS_AFTER_PREFIX[code];
  if (count === undefined) throw unknownInstruction(code);
  return count;
}

function unknownInstruction(code: number): RangeError {
  return new RangeError(`read a WebAssembly module: unknown instruction 0x${code.toString(16)}`);
}
