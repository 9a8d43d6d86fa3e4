/**
 * Reads the text format in which Prometheus is shown metrics (version 0.0.4): samples alone, comments are
 * passed over.
 *
 * One of our own, since the format is a page long and what reads it on npm is either large or not looked
 * after. It is strict and in linear time: the page comes from outside.
 */

/** One value of one metric. */
export interface Sample {
  readonly name: string;
  /** By label. */
  readonly labels: ReadonlyMap<string, string>;
  /** May be infinite or no number at all. */
  readonly value: number;
}

/** More than a gateway shows: names in labels are bounded there. */
export const MAX_SAMPLES = 200_000;

const LONGEST_LINE = 65_536;

/** All samples of a page; throws a SyntaxError that names the line. */
export function readPrometheusText(page: string): Sample[] {
  const samples: Sample[] = [];
  let line = 0;
  for (const text of linesOf(page)) {
    line += 1;
    const written = text.trim();
    if (written === '' || written.startsWith('#')) continue;
    const sample = written.length > LONGEST_LINE ? undefined : readSample(written);
    if (sample === undefined) throw new SyntaxError(`line ${String(line)} is no sample of a metric`);
    if (samples.length === MAX_SAMPLES) throw new SyntaxError(`more than ${String(MAX_SAMPLES)} samples`);
    samples.push(sample);
  }
  return samples;
}

function* linesOf(page: string): Generator<string> {
  for (let start = 0; start <= page.length;) {
    const found = page.indexOf('\n', start);
    const end = found === -1 ? page.length : found;
    yield page.slice(start, end);
    start = end + 1;
  }
}

const NAME = /[a-zA-Z_:][a-zA-Z0-9_:]*/y;
const LABEL = /[ \t]*([a-zA-Z_][a-zA-Z0-9_]*)[ \t]*=[ \t]*"([^"\\]*(?:\\[\\"n][^"\\]*)*)"[ \t]*/y;
const VALUE = /^[ \t]*(\S+)(?:[ \t]+-?\d+)?$/;
const NUMBER = /^[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d+)?$/;

function readSample(text: string): Sample | undefined {
  const name = matchAt(NAME, text, 0)?.[0];
  if (name === undefined) return undefined;
  const labels = new Map<string, string>();
  const end = readLabels(text, name.length, labels);
  const written = end === undefined ? undefined : VALUE.exec(text.slice(end))?.[1];
  const value = written === undefined ? undefined : readNumber(written);
  return value === undefined ? undefined : { name, labels, value };
}

/** Where they end; undefined where they are none. A label that is given twice is none. */
function readLabels(text: string, start: number, labels: Map<string, string>): number | undefined {
  let at = start;
  while (text[at] === ' ' || text[at] === '\t') at += 1;
  if (text[at] !== '{') return at > start ? at : undefined;
  at += 1;
  for (;;) {
    const match = matchAt(LABEL, text, at);
    if (match === undefined) break;
    const [whole, label = '', value = ''] = match;
    if (labels.has(label)) return undefined;
    labels.set(label, value.replace(/\\(.)/g, unescaped));
    at += whole.length;
    if (text[at] !== ',') break;
    at += 1;
  }
  while (text[at] === ' ') at += 1;
  return text[at] === '}' ? at + 1 : undefined;
}

function unescaped(_whole: string, character: string): string {
  return character === 'n' ? '\n' : character;
}

function readNumber(text: string): number | undefined {
  if (NUMBER.test(text)) return Number(text);
  const word = /^([+-]?)inf(?:inity)?$/i.exec(text);
  if (word !== null) return word[1] === '-' ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  return /^nan$/i.test(text) ? Number.NaN : undefined;
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | undefined {
  pattern.lastIndex = at;
  return pattern.exec(text) ?? undefined;
}
