/**
 * What the memory of a sandbox holds before a script. Put back, it makes the sandbox as it was, whatever a
 * script did: nothing goes from one script to another, and nothing needs to be given back one by one.
 */

const PAGE_BYTES = 65_536;

/** The memory at one time. */
export class MemoryImage {
  readonly bytes: number;
  readonly #parts: readonly { readonly at: number; readonly bytes: Uint8Array }[];

  constructor(memory: WebAssembly.Memory) {
    const now = new Uint8Array(memory.buffer);
    const gap = longestGap(now);
    this.bytes = now.length;
    this.#parts = [
      { at: 0, bytes: now.slice(0, gap.start) },
      { at: gap.end, bytes: now.slice(gap.end) },
    ];
  }

  /** Puts it back. The memory may have grown: what is behind the image is free, and nobody reads it before it is written. */
  restore(memory: WebAssembly.Memory): void {
    const now = new Uint8Array(memory.buffer);
    for (const { at, bytes } of this.#parts) now.set(bytes, at);
  }
}

/** The longest run of empty pages: the stack, of which nothing is in use. */
function longestGap(bytes: Uint8Array<ArrayBuffer>): { readonly start: number; readonly end: number } {
  let longest = { start: 0, end: 0 };
  let start = 0;
  for (let at = 0; at < bytes.length; at += PAGE_BYTES) {
    if (!isEmpty(new Uint32Array(bytes.buffer, at, PAGE_BYTES / 4))) start = at + PAGE_BYTES;
    else if (at + PAGE_BYTES - start > longest.end - longest.start) longest = { start, end: at + PAGE_BYTES };
  }
  return longest;
}

/** A loop of its own: several times as fast as `every`. */
function isEmpty(words: Uint32Array): boolean {
  for (let index = 0; index < words.length; index += 1) if (words[index] !== 0) return false;
  return true;
}
