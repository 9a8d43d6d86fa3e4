/** Programs for the fuzzer: arbitrary text, soups of tokens, and programs of our own, mutated. All from a seed. */
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** Numbers from a seed: mulberry32. */
export class Dice {
  constructor(private state: number) {}

  /** From 0 to `count` − 1. */
  below(count: number): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let x = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    x = (x + Math.imul(x ^ (x >>> 7), 61 | x)) ^ x;
    return Math.floor((((x ^ (x >>> 14)) >>> 0) / 2 ** 32) * count);
  }

  pick<T>(items: readonly T[]): T {
    return items[this.below(items.length)]!;
  }
}

/** The program of a seed. */
export function programOf(seed: number): string {
  const dice = new Dice(seed);
  const kind = dice.below(16);
  if (kind === 0) return anyText(dice);
  if (kind <= 2) return tokenSoup(dice);
  if (kind >= 10) return wellFormed(dice);
  return mutated(dice, kind === 9 ? `${corpus(dice)}\n${corpus(dice)}` : corpus(dice));
}

function anyText(dice: Dice): string {
  const units = Array.from({ length: dice.below(200) }, () =>
    dice.pick([dice.below(128), dice.below(256), dice.below(0x10000), 10, 32, 0xd800, 0x2028, 0]),
  );
  return String.fromCharCode(...units);
}

/**
 * A program that can be read, and of which nothing is known before it runs: all values and functions come
 * out of lists.
 */
function wellFormed(dice: Dice): string {
  const lines = [
    'f = lambda *a, **k: [a, k]',
    'z = 1',
    `v = [${LEAVES.join(', ')}]`,
    `c = [${CALLS.join(', ')}]`,
  ];
  for (let left = 1 + dice.below(8); left > 0; left--) {
    const [line, name] = [expression(dice, 4), dice.pick(NAMES)];
    const form = dice.below(6);
    if (form === 0) lines.push(`for ${name} in ${line}:`, `  z = attempt(lambda: ${expression(dice, 3)})`);
    else if (form === 1) lines.push(`if ${line}:`, `  ${name} = ${expression(dice, 3)}`);
    else if (form === 2) lines.push('try:', `  ${name} = ${line}`, 'except Exception as e:', '  z = str(e)');
    else lines.push(`${dice.pick(NAMES)} = ${form === 3 ? line : `attempt(lambda: ${line})`}`);
  }
  return [...lines, `return ${expression(dice, 3)}`].join('\n');
}

const NAMES = ['x', 'y', 's', 'd', 'rows', 'z'];
const LEAVES = [
  ...NAMES,
  ...'0 1 -1 255 1.5 1e308 None True "a" "%d|%s" "{}{!r}" b"x" [] {} () f f 9007199254740993'.split(' '),
  ...'len str sorted echo fails print range(5) (1<<70) math.inf struct(a=1,then=2) set([1,2]) chr(0xd800)'.split(
    ' ',
  ),
];
const BINARY = '+ - * / // % & | ^ << >> == != < <= in and or ** is'.split(' ');
const CALLS = [
  ...'len str repr sorted min max sum list tuple dict set json.encode json.decode attempt echo parallel'.split(
    ' ',
  ),
  ...'enumerate zip reversed range int float bytes bool type dir hash any all print map filter retry fails'.split(
    ' ',
  ),
];
const METHODS = [
  ...'append pop get items keys update join split format upper replace strip find count encode elems title'.split(
    ' ',
  ),
  ...'union add extend insert index setdefault startswith partition zfill center expandtabs codepoints'.split(
    ' ',
  ),
];

function expression(dice: Dice, depth: number): string {
  if (depth === 0 || dice.below(5) === 0) return `v[${String(dice.below(LEAVES.length))}]`;
  const part = (): string => expression(dice, depth - 1);
  switch (dice.below(10)) {
    case 0:
    case 1:
      return `(${part()} ${dice.pick(BINARY)} ${part()})`;
    case 2:
    case 3:
      return `c[${String(dice.below(CALLS.length))}](${Array.from({ length: dice.below(3) }, part).join(', ')})`;
    case 4:
    case 5:
      return `(${part()}).${dice.pick(METHODS)}(${Array.from({ length: dice.below(3) }, part).join(', ')})`;
    case 6:
      return `[${part()} for ${dice.pick(NAMES)} in [${part()}, ${part()}]]`;
    case 7:
      return `{${part()}: ${part()}, "k": [${part()}]}`;
    case 8:
      return `(${part()})[${part()}${dice.pick(['', `:${part()}`])}]`;
    default:
      return `(lambda ${dice.pick(NAMES)}: ${part()})(${part()})`;
  }
}

const TOKENS = [
  ...'def f(a, b=1): return lambda x: for x in y while True if 1 elif else pass break continue and or not'.split(
    ' ',
  ),
  ...'try: except: except Exception as e: finally: raise assert del with import class global is None'.split(
    ' ',
  ),
  ...'+ - * / // % & | ^ ~ << >> ** = == != < > <= >= += -= *= //= |= := -> . , ; : ( ) [ ] { } @ ! ? $'.split(
    ' ',
  ),
  ...'0 1 -1 2 255 1.5 1e400 0x1f 9007199254740993 "a" \'b\' """c""" r"\\d" b"x" f"{x}" f"{x!r:>{n}}" "\\u2028"'.split(
    ' ',
  ),
  ...'x y z d s data rows echo fails never late throws call_tool tools parallel attempt retry progress'.split(
    ' ',
  ),
  ...'len sorted map filter sum min max range zip dict list set tuple str repr int float bytes struct json math re print fail'.split(
    ' ',
  ),
  ...'.append(x) .items() .format(x) .join(x) .split(",") .upper() .get("a") .pop() .update(d) .encode(x) .decode(s) .ok .value'.split(
    ' ',
  ),
  ...[
    '\n',
    '\n  ',
    '\n    ',
    '\n',
    ' ',
    '#',
    '\\',
    '"',
    "'",
    '__proto__',
    'constructor',
    '*args',
    '**kwargs',
    'then',
  ],
];

function tokenSoup(dice: Dice): string {
  const words = Array.from({ length: 2 + dice.below(80) }, () => dice.pick(TOKENS));
  return words.join(dice.pick(['', ' ', ' ']));
}

/** A few changes: to lines, to tokens, to characters. */
function mutated(dice: Dice, program: string): string {
  let text = program;
  for (let left = 1 + dice.below(6); left > 0; left--) text = dice.pick(MUTATIONS)(dice, text);
  return text.slice(0, 4000);
}

type Mutation = (dice: Dice, text: string) => string;

function splice(dice: Dice, text: string, most: number, by: string): string {
  const at = dice.below(text.length + 1);
  return text.slice(0, at) + by + text.slice(at + dice.below(most + 1));
}

function onLines(change: (dice: Dice, lines: string[]) => void): Mutation {
  return (dice, text) => {
    const lines = text.split('\n');
    change(dice, lines);
    return lines.join('\n');
  };
}

function onWords(change: (dice: Dice, words: string[]) => void): Mutation {
  return (dice, text) => {
    const words = text.split(/(\b)/);
    change(dice, words);
    return words.join('');
  };
}

const MUTATIONS: readonly Mutation[] = [
  (dice, text) => splice(dice, text, 3, ''),
  (dice, text) => splice(dice, text, 1, dice.pick(TOKENS)),
  (dice, text) =>
    splice(
      dice,
      text,
      0,
      dice.pick(['(', '[', '{', ')', ']', '}', '"', '\n', ':', ',']).repeat(1 + dice.below(300)),
    ),
  (dice, text) => splice(dice, text, 30, text.slice(dice.below(text.length + 1)).slice(0, 60)),
  onLines((dice, lines) => lines.splice(dice.below(lines.length), 1)),
  onLines((dice, lines) => lines.splice(dice.below(lines.length), 0, dice.pick(lines))),
  onLines((dice, lines) =>
    lines.splice(
      dice.below(lines.length),
      0,
      `${' '.repeat(dice.below(6))}${dice.pick(TOKENS)} ${dice.pick(TOKENS)}`,
    ),
  ),
  onLines((dice, lines) => {
    const at = dice.below(lines.length);
    lines[at] = ' '.repeat(dice.below(5)) + lines[at]!.trimStart();
  }),
  onWords((dice, words) => (words[dice.below(words.length)] = dice.pick(words))),
  onWords((dice, words) => (words[dice.below(words.length)] = dice.pick(TOKENS))),
  (dice, text) =>
    text.replace(/\b\d+\b/g, (number) =>
      dice.below(3) > 0 ? number : dice.pick(['0', '-1', '1 << 60', '1e308', '99999999', 'None']),
    ),
  (dice, text) =>
    text.replace(/[a-z_]+\(/g, (call) =>
      dice.below(8) > 0
        ? call
        : `${dice.pick(['attempt', 'parallel', 'sorted', 'echo', 'fails', 'str', 'json.encode', 'late', 'map'])}(`,
    ),
];

const CHUNKS = fileURLToPath(new URL('../runtimes/starlark/engine/chunks/', import.meta.url));
const GUIDE = fileURLToPath(new URL('../../docs/starlark.md', import.meta.url));

let known: readonly string[] | undefined;

/** A chunk of the engine's own tests, or an example of the documentation. */
function corpus(dice: Dice): string {
  known ??= [...chunks(), ...examples()].filter((text) => text.trim() !== '');
  return dice.pick(known);
}

function chunks(): string[] {
  const files = readdirSync(CHUNKS).filter((name) => name.endsWith('.star'));
  return files.flatMap((name) => readFileSync(CHUNKS + name, 'utf8').split(/^---.*$/m));
}

function examples(): string[] {
  return [...readFileSync(GUIDE, 'utf8').matchAll(/```starlark\n([^]*?)```/g)].map(([, text]) => text!);
}
