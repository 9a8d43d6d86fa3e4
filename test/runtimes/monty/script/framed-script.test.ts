import { expect } from 'chai';
import { FramedScript } from '../../../../runtimes/monty/script/framed-script.js';

const framed = (source: string): string => new FramedScript('', source, 'A').text;

describe('a framed script', () => {
  const answers: [source: string, text: string][] = [
    ['1', 'A((1))'],
    ['return 1', 'return  A((1))\nNone'],
    ['return(1)', 'return A(((1)))\nNone'],
    ['return', 'return\nNone'],
    ['x = 1', 'x = 1\nNone'],
    ['x: int = 1', 'x: int = 1\nNone'],
    ['x == 1', 'A((x == 1))'],
    ['x <<= 1', 'x <<= 1\nNone'],
    ['x; y # z', 'x; A((y)) # z'],
    ['x = 1; return x', 'x = 1; return  A((x))\nNone'],
    ['if x: return 1, 2', 'if x: return  A((1, 2))\nNone'],
    ['if x: y', 'if x: y\nNone'],
    ['if x:\n  return 1', 'if x:\n  return  A((1))\nNone'],
    ['if x:\n  y', 'if x:\n  y\nNone'],
    ['def f():\n  return 1\nf()', 'def f():\n  return 1\nA((f()))'],
    ['def f(): return 1\nf()', 'def f(): return 1\nA((f()))'],
    ['async def f():\n  return 1\nawait f()', 'async def f():\n  return 1\nA((await f()))'],
    [
      'def f():\n  if 1:\n    return 1\n  return 2\nreturn f()',
      'def f():\n  if 1:\n    return 1\n  return 2\nreturn  A((f()))\nNone',
    ],
    ['return [\n  1, # )\n  2,\n]', 'return  A(([\n  1, # )\n  2,\n]))\nNone'],
    ['return 1 + \\\n  2', 'return  A((1 + \\\n  2))\nNone'],
    ['a = """\nreturn 5\n"""\na', 'a = """\nreturn 5\n"""\nA((a))'],
    ["f'{x['return 1']:>{w}}'", "A((f'{x['return 1']:>{w}}'))"],
    ['f"{"a; b"}" ; 2', 'f"{"a; b"}" ; A((2))'],
    ["rb'\\'; return 1'", "A((rb'\\'; return 1'))"],
    ['x["return"]', 'A((x["return"]))'],
    ['', '\nNone'],
  ];
  for (const [source, text] of answers) {
    it(`marks the answer of ${JSON.stringify(source)}`, () => {
      expect(framed(source)).to.equal(text);
    });
  }

  it('tells positions in what was sent', () => {
    const script = new FramedScript('a\nb\n', 'x\nif 1: return foo + bar', 'ANSWER');
    expect(script.positionOf(2, 1)).to.equal(undefined);
    expect(script.positionOf(3, 1)).to.deep.equal({ line: 1, column: 1 });
    const line = script.text.split('\n')[3]!;
    for (const word of ['if', 'return', 'foo', 'bar']) {
      const column = 'if 1: return foo + bar'.indexOf(word) + 1;
      expect(script.positionOf(4, line.indexOf(word) + 1), word).to.deep.equal({ line: 2, column });
    }
  });

  it('refuses what is nested too deeply', () => {
    expect(() => framed('f"{'.repeat(50_000))).to.throw('more than 150 format strings within each other');
  });

  it('reads whatever text in linear time', () => {
    for (const part of ['(', '"', 'a ', '#', '\\', 'return ', ':', '    a\n']) {
      const started = process.cpuUsage();
      framed(part.repeat(50_000));
      expect(process.cpuUsage(started).user / 1_000, part).to.be.below(3_000);
    }
  });
});
