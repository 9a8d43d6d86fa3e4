/** SHA-256 (FIPS 180-4), as hexadecimal digits. */

/** Longer texts, in bytes, are hashed by the platform: asking it costs more than it takes to hash a short one. */
const SHORT_BYTES = 4_096;

const encoder = new TextEncoder();

/** Of a text as UTF-8. */
export async function sha256(text: string): Promise<string> {
  const bytes = encoder.encode(text);
  if (bytes.length <= SHORT_BYTES) return shortDigest(bytes);
  const digest = await crypto.subtle.digest('SHA-256', bytes);
  return Array.from(new Uint8Array(digest), (byte) => byte.toString(16).padStart(2, '0')).join('');
}

function shortDigest(bytes: Uint8Array): string {
  const padded = new DataView(new ArrayBuffer(Math.ceil((bytes.length + 9) / 64) * 64));
  new Uint8Array(padded.buffer).set(bytes);
  padded.setUint8(bytes.length, 0x80);
  padded.setUint32(padded.byteLength - 4, bytes.length * 8);
  const state = Uint32Array.from(START);
  for (let at = 0; at < padded.byteLength; at += 64) addBlock(state, padded, at);
  let digits = '';
  for (const word of state) digits += word.toString(16).padStart(8, '0');
  return digits;
}

const schedule = new Int32Array(64);

function addBlock(state: Uint32Array, block: DataView, at: number): void {
  for (let n = 0; n < 16; n += 1) schedule[n] = block.getInt32(at + 4 * n);
  for (let n = 16; n < 64; n += 1) {
    const [early, late] = [schedule[n - 15]!, schedule[n - 2]!];
    const mixedEarly = turned(early, 7) ^ turned(early, 18) ^ (early >>> 3);
    const mixedLate = turned(late, 17) ^ turned(late, 19) ^ (late >>> 10);
    schedule[n] = schedule[n - 16]! + mixedEarly + schedule[n - 7]! + mixedLate;
  }
  let a = state[0]! | 0;
  let b = state[1]! | 0;
  let c = state[2]! | 0;
  let d = state[3]! | 0;
  let e = state[4]! | 0;
  let f = state[5]! | 0;
  let g = state[6]! | 0;
  let h = state[7]! | 0;
  for (let n = 0; n < 64; n += 1) {
    const mixedE = turned(e, 6) ^ turned(e, 11) ^ turned(e, 25);
    const one = (h + mixedE + ((e & f) ^ (~e & g)) + ROUNDS[n]! + schedule[n]!) | 0;
    const mixedA = turned(a, 2) ^ turned(a, 13) ^ turned(a, 22);
    const two = (mixedA + ((a & b) ^ (a & c) ^ (b & c))) | 0;
    h = g;
    g = f;
    f = e;
    e = (d + one) | 0;
    d = c;
    c = b;
    b = a;
    a = (one + two) | 0;
  }
  state[0]! += a;
  state[1]! += b;
  state[2]! += c;
  state[3]! += d;
  state[4]! += e;
  state[5]! += f;
  state[6]! += g;
  state[7]! += h;
}

/** Rotated to the right. */
function turned(word: number, bits: number): number {
  return (word >>> bits) | (word << (32 - bits));
}

/** The first 32 bits of the fractional parts of the roots of the first primes: 8 square ones, 64 cubic ones. */
const START = primes(8).map((prime) => fraction(Math.sqrt(prime)));
const ROUNDS = Int32Array.from(primes(64), (prime) => fraction(Math.cbrt(prime)));

function fraction(root: number): number {
  return ((root - Math.floor(root)) * 2 ** 32) | 0;
}

function primes(count: number): number[] {
  const found: number[] = [];
  for (let n = 2; found.length < count; n += 1) if (found.every((prime) => n % prime !== 0)) found.push(n);
  return found;
}
