import { expect } from 'chai';
import {
  Builtin,
  HostValue,
  List,
  repr,
  runStarlark,
  runtimeError,
} from '../../../../runtimes/starlark/index.js';
import type { Value } from '../../../../runtimes/starlark/index.js';
import { freeze, isHashable } from '../../../../runtimes/starlark/values/index.js';
import { budgetOf } from './material.js';

/** A value with two fields: a script may set `size`, and multiply it. */
class Box extends HostValue {
  readonly items = new List([1]);
  size: Value = 1;

  override get typeName(): string {
    return 'box';
  }

  override fields(): Iterable<string> {
    return ['size', 'items'];
  }

  override field(name: string): Value | undefined {
    if (name === 'items') return this.items;
    return name === 'size' ? this.size : undefined;
  }

  override assign(name: string, value: Value): void {
    if (name !== 'size') throw runtimeError(`box: cannot set ${name}`);
    this.size = value;
  }

  override operate(operator: string, other: Value, side: 'left' | 'right'): Value | undefined {
    return operator === '*' && typeof other === 'number' ? `${side} ${other}` : undefined;
  }
}

describe('values of the host', () => {
  async function run(source: string, box = new Box()): Promise<string> {
    const predeclared = new Map<string, Value>([
      ['box', box],
      ['made', new Builtin('made', (_thread, args) => (box.items.items.push(args[0]!), box))],
      ['later', new Builtin('later', (thread, args) => thread.wait(Promise.resolve(args[0]!)), true)],
    ]);
    const result = await runStarlark(source, { predeclared });
    return result.ok ? repr(budgetOf(), result.value) : `${result.error.code}: ${result.error.message}`;
  }

  const cases: [source: string, result: string][] = [
    ['return [type(box), str(box), bool(box), box == box, box != 1]', '["box", "<box>", True, True, True]'],
    [
      'return [box.size, getattr(box, "size"), hasattr(box, "none"), dir(box)]',
      '[1, 1, False, ["items", "size"]]',
    ],
    ['box.size = [2]\nbox.size += [3]\nreturn box.size', '[2, 3]'],
    ['box.size += 4\nreturn box.size', '5'],
    ['made(7).size += 1\nreturn [box.size, box.items]', '[2, [1, 7]]'],
    ['later(box).size += later(2)\nreturn box.size', '3'],
    ['later(box).size = later(9)\nbox.size, x = 3, 4\nreturn [box.size, x]', '[3, 4]'],
    ['return [box * 2, 2 * box]', '["left 2", "right 2"]'],
    ['box + 1', 'script/runtime: unknown binary op: box + int'],
    ['1 - box', 'script/runtime: unknown binary op: int - box'],
    ['box.items = 1', 'script/runtime: box: cannot set items'],
    ['box.sice', 'script/runtime: box has no .sice field or method (did you mean size?)'],
    ['{box: 1}', 'script/runtime: unhashable type: box'],
    ['len(box)', 'script/runtime: len: value of type box has no len'],
    ['[x for x in box]', 'script/runtime: got box, want iterable'],
    ['json.encode(box)', 'script/runtime: json.encode: cannot encode box as JSON'],
  ];
  for (const [source, result] of cases) {
    it(`${source.replaceAll('\n', '; ')}: ${result}`, async () => {
      expect(await run(source)).to.equal(result);
    });
  }

  it('freeze with what their fields hold', async () => {
    const box = new Box();
    freeze(box);
    expect(box.items.frozen).to.equal(true);
    expect(await run('box.size = 2', box)).to.equal('script/runtime: cannot assign to a field of frozen box');
    expect(isHashable(box)).to.equal(false);
  });
});
