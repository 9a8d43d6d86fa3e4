/**
 * Where the engines differ on purpose, and how a comparison passes over it. What has no row here is a fault
 * of one of them. Some more are passed over by never being written:
 *
 * - indices into strings beyond ASCII: UTF-16 units here, bytes there; and `hash` of such, Java's way here;
 * - what `elems` and `codepoints` answer other than looped over: lists here;
 * - the order of keys in JSON: insertion here, sorted there; a float without fraction is `1` there;
 * - `splitlines` at a carriage return, which is no end of a line there;
 * - `istitle` and `islower` of some letters beyond ASCII, U+2028 in JSON, which is escaped there;
 * - letters that become two in the other case, and the last digits of `math.pow` and its kin;
 * - the order of `x & y`: x's here, y's there;
 * - what has a fraction is in no range, and in the oracle `1.5 in range(3)`;
 * - `json.encode_indent`, and JSON that only one side takes (`1.`, raw tabs).
 */
import type { Fault, Told } from './oracle.js';

interface KnownDifference {
  readonly reason: string;
}

/** Texts of both sides, made equal. */
interface TextDifference extends KnownDifference {
  readonly normalise: (text: string) => string;
}

/** An error of one side where the other goes on, or fails otherwise. */
interface Refusal extends KnownDifference {
  readonly by: 'oracle' | 'engine';
  readonly message: RegExp;
  /** Fits the line where it happens. */
  readonly line?: RegExp;
  /** Both fail, one of them earlier. */
  readonly bothFail?: true;
}

const IN_TEXTS: readonly TextDifference[] = [
  {
    reason: 'floats are shown as Python does: 1e+06 is 1000000.0',
    normalise: (text) =>
      text.replace(/-?\d+(?:\.\d+)?e[+-]?\d+|-?\d+\.\d+/gi, (float) => String(Number(float))),
  },
  {
    reason: 'the bounds of a slice of a range that is empty are as in Python; the oracle moves them',
    normalise: (text) => text.replace(/range\((-?\d+, )?-?\d+(, -?\d+)?\)/g, rangeText),
  },
];

const REFUSALS: readonly Refusal[] = [
  { reason: 'bytes can be joined', by: 'oracle', message: /^unknown binary op: bytes \+ bytes$/ },
  { reason: 'structs cannot be added', by: 'engine', message: /^unknown binary op: struct \+ struct$/ },
  {
    reason: 'the oracle knows no flags and widths in % formats',
    by: 'oracle',
    message: /^unknown conversion %[ #0+\-.\d]/,
  },
  { reason: 'the oracle has no set displays', by: 'oracle', message: /^got ('[},]'|for), want ':'$/ },
  { reason: 'sets of the oracle have no update', by: 'oracle', message: /^set has no \.update / },
  {
    reason: 'the base of int is judged before what it converts, and by the oracle after it',
    by: 'oracle',
    message: /non-string with explicit base$/,
    bothFail: true,
  },
  {
    reason: 'what cannot be a key is not looked for in an empty dict or set of the oracle',
    by: 'engine',
    message: /^(pop|remove|discard|(symmetric_)?difference|intersection|issubset|issuperset): unhashable/,
  },
  {
    reason: 'all of a dict display is evaluated before the first entry is made, as in Python',
    by: 'oracle',
    message: /^(unhashable type|duplicate key)/,
    line: /\{.*:/,
    bothFail: true,
  },
  {
    reason: 'the methods of sets take any number of arguments',
    by: 'oracle',
    message: /^(union|(symmetric_)?difference|intersection): got \d+ arguments, want at most 1/,
  },
  {
    reason: 'what is wrong with *x or **x is told at x, and by the oracle at the call',
    by: 'engine',
    message: /^(argument after \*|keywords of \*\* must be)/,
    bothFail: true,
  },
  {
    reason: 'a global used above its first assignment: the oracle refuses it before anything runs',
    by: 'oracle',
    message: /^undefined: /,
    bothFail: true,
  },
  {
    reason:
      'a global read before its only assignment is refused before anything runs; there, when it is read',
    by: 'engine',
    message: /before anything is assigned to it/,
    bothFail: true,
  },
  {
    reason: 'indices and shifts may have any size here, and in the oracle 32 or 64 bits',
    by: 'oracle',
    message:
      /^(.*invalid (start index|end index|slice step): |\w+ index: )?-?\d+ out of range$|want value in signed 64-bit/,
  },
  {
    reason: 'a field of a format with a number beyond 64 bits is a name in the oracle',
    by: 'oracle',
    message: /^format: keyword \d{19,} not found$/,
    bothFail: true,
  },
  { reason: 'ranges have 53 bits here, and in the oracle 64', by: 'engine', message: /signed 54-bit range/ },
  {
    reason: 'min, max and sorted hold no lock here: they take a copy before they call',
    by: 'oracle',
    message: /during iteration/,
    line: /\bkey=/,
  },
];

/** The reason why these errors do not count as a difference, if there is one. */
export function knownRefusal(source: string, faults: FaultsOfBoth): string | undefined {
  const lines = source.split('\n');
  return REFUSALS.find(
    ({ by, message, line, bothFail }) =>
      faults[by].some(
        (fault) => message.test(fault.message) && line?.test(lines[fault.line - 1] ?? '') !== false,
      ) &&
      (bothFail !== true || (faults.oracle.length > 0 && faults.engine.length > 0)),
  )?.reason;
}

/** What each side found. */
type FaultsOfBoth = Record<Refusal['by'], readonly Omit<Fault, 'phase'>[]>;

/** One text for all values that count as the same. */
export function canonical(told: Told): string {
  return JSON.stringify(told, (_key, value: unknown) => {
    if (typeof value === 'string') return IN_TEXTS.reduce((text, { normalise }) => normalise(text), value);
    if (isFloat(value)) return { float: floatText(value.float) };
    return isByte(value) ? { int: String(Number.parseInt(value.bytes, 16)) } : value;
  });
}

/** An element of bytes: an int here, bytes of length 1 there. */
function isByte(value: unknown): value is { readonly bytes: string } {
  const { bytes } = (value ?? {}) as { bytes?: unknown };
  return typeof bytes === 'string' && bytes.length === 2;
}

function isFloat(value: unknown): value is { readonly float: string | number } {
  return typeof value === 'object' && value !== null && 'float' in value;
}

/** Both sides' own way to write it read as a number; -0 apart from 0. */
function floatText(float: string | number): string {
  const value = typeof float === 'number' ? float : Number(float.replace('Inf', 'Infinity'));
  return Object.is(value, -0) ? '-0' : String(value);
}

function rangeText(text: string): string {
  const bounds = [...text.matchAll(/-?\d+/g)].map(Number);
  const [start = 0, stop = 0, step = 1] = bounds.length === 1 ? [0, ...bounds] : bounds;
  return (stop - start) * step <= 0 ? 'range(0)' : text;
}
