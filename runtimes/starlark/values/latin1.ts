/** Bytes as text without decoding: for looking through them, and as keys. */

/** Bytes that are made into one call's arguments at once. */
const BLOCK_BYTES = 4096;

/** Bytes as a string of one unit each. */
export function latin1(data: Uint8Array): string {
  let text = '';
  for (let at = 0; at < data.length; at += BLOCK_BYTES) {
    text += String(Reflect.apply(String.fromCharCode, null, data.subarray(at, at + BLOCK_BYTES)));
  }
  return text;
}
