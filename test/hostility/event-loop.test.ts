/** However much a script may compute, it lets the event loop breathe. */
import { expect } from 'chai';
import { execute, prepare } from '../../runtimes/starlark/index.js';

/** Milliseconds of computing without a breath. */
const LONGEST_MS = 250;

/** As an operator may set them who trusts his scripts: here only the engine's manners bound the time. */
const limits = { steps: 1e10, memoryBytes: 2 ** 31, wallTimeMs: 20_000 };

const ROWS: readonly (readonly [name: string, script: string])[] = [
  ['a loop', 'n = 0\nfor i in range(3000000):\n  n += i\nreturn n'],
  ['a comprehension', 'return len([i for i in range(500000)])'],
  ['calls', 'def f(n):\n  return n\nfor i in range(500000):\n  f(i)'],
  ['comparisons of long lists', 'x = ["a"] * 50000\ny = ["a"] * 50000\nfor i in range(300):\n  x == y'],
  [
    'one comparison without end',
    'x = [1]\ny = [1]\nfor i in range(60):\n  x = [x, x]\n  y = [y, y]\nreturn x == y',
  ],
  ['one text without end', 'x = [1]\nfor i in range(60):\n  x = [x, x]\nreturn str(x)'],
  ['a sort of ints', 'return len(sorted(range(900000, 0, -1)))'],
  ['a sort of texts', 'return len(sorted([str(i * 7919 % 300007) for i in range(200000)]))'],
  ['a sort of tuples', 'return len(sorted([(i * 7919 % 100003, i) for i in range(100000)]))'],
  ['a sort of long equal lists', 'x = [[1] * 20000 + [i] for i in range(40)]\nreturn len(sorted(x))'],
  ['a sort by a key', 'return len(sorted(range(200000), key=lambda n: -n))'],
  ['sets of sets', 'x = set(range(60000))\nfor i in range(10):\n  y = x | x'],
  ['a set emptied', 's = set(range(100000))\nfor i in range(20000):\n  s.pop()'],
  ['a text searched', 'x = "a" * 4000000\nfor i in range(30):\n  "a" * 31 + "b" in x'],
  ['texts of large ints', 'x = pow(7, 20000)\nfor i in range(200):\n  str(x)'],
  [
    'JSON read',
    's = json.encode([{"a": i, "b": [i]} for i in range(30000)])\nfor i in range(3):\n  json.decode(s)',
  ],
  [
    'names not found',
    'd = {("a" * 50) + "%014d" % i: 1 for i in range(900)}\ns = struct(**d)\nfor i in range(100):\n  attempt(getattr, s, "b" * 64)',
  ],
  ['a large pattern on a long text', 'attempt(re.search, "(a{30}){40}b", "a" * 100000)'],
  [
    'a pattern of many choices',
    'attempt(re.search, "|".join(["a%d" % i for i in range(250)]), "a" * 100000)',
  ],
  ['a pattern of optionals', 'attempt(re.fullmatch, "(a?){900}b", "a" * 100000)'],
  ['a simple pattern on a long text', 're.search("x[a-y]*z", "xa" * 1000000)'],
  ['patterns of wide classes', 'for i in range(30):\n  re.compile("\\\\w?" * 70 + str(i), re.I)'],
  ['one pattern of wide classes', 'attempt(re.search, "\\\\w?" * 70 + "#", "\u0434" * 20000)'],
  ['patterns refused', 'for i in range(30):\n  attempt(re.compile, "(a{30}){30}" * 150 + str(i))'],
  ['matches without end', 're.findall("a|b", "ab" * 200000)'],
  ['floats in full', 'for i in range(10000):\n  "%.1000e" % 1e-300'],
];

describe('a breath for the event loop', function () {
  this.timeout(60_000);
  this.retries(3);
  for (const [name, script] of ROWS) {
    it(`within ${name}`, async () => {
      expect(await longestTurn(script)).to.be.below(LONGEST_MS);
    });
  }
});

/** Milliseconds of the processor, so that a busy machine does not count against the script. */
async function longestTurn(script: string): Promise<number> {
  const prepared = prepare(script);
  let longest = 0;
  let since = process.cpuUsage();
  const breathe = (): void => {
    const { user, system } = process.cpuUsage(since);
    longest = Math.max(longest, (user + system) / 1000);
  };
  const { result } = execute(prepared, {
    limits,
    yieldToEventLoop(callback) {
      breathe();
      setImmediate(() => {
        since = process.cpuUsage();
        callback();
      });
    },
  });
  const { ok } = await result;
  breathe();
  expect(ok || script.includes('60')).to.equal(true);
  return longest;
}
