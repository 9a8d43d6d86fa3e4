import { expect } from 'chai';
import { ToolCatalog } from '../../core/index.js';
import type { ToolDefinition } from '../../core/index.js';
import { sanitizedName } from '../../core/script-name.js';
import { definition } from '../support/test-tools.js';

const none = new Set<string>();

function namesOf(names: readonly string[], reserved: ReadonlySet<string> = none): Record<string, string> {
  const { bound } = new ToolCatalog(
    names.map((name) => definition(name)),
    reserved,
  );
  return Object.fromEntries(bound.map(({ tool, scriptName }) => [tool.name, scriptName]));
}

describe('tool catalog', () => {
  it('sanitizes names as documented', () => {
    expect(sanitizedName('get-user.v2')).to.equal('get_user_v2');
    expect(sanitizedName('2fast')).to.equal('_2fast');
    expect(sanitizedName('')).to.equal('_');
    expect(sanitizedName('naïve')).to.equal('na_ve');
    expect(sanitizedName('😀')).to.equal('_');
  });

  it('gives a tool with a reserved name a `_` behind it', () => {
    expect(namesOf(['print', 'x'], new Set(['print']))).to.deep.equal({ print: 'print_', x: 'x' });
    expect(namesOf(['print', 'print_'], new Set(['print']))).to.deep.equal({
      print: 'print__2',
      print_: 'print_',
    });
    expect(namesOf(['a.b', 'a-b'], new Set(['a_b', 'a_b_', 'a_b__2']))).to.deep.equal({
      'a-b': 'a_b__3',
      'a.b': 'a_b__4',
    });
  });

  it('numbers tools that would share a name, the first by real name keeping it', () => {
    expect(namesOf(['a.b', 'a-b', 'a b'])).to.deep.equal({ 'a b': 'a_b', 'a-b': 'a_b_2', 'a.b': 'a_b_3' });
  });

  it('lets the tool whose real name it is keep a name', () => {
    expect(namesOf(['a.b', 'a_b', 'a_b_2'])).to.deep.equal({ 'a.b': 'a_b_3', a_b: 'a_b', a_b_2: 'a_b_2' });
  });

  it('names tools alike in whatever order they are listed', () => {
    const names = ['a.b', 'a-b', 'a_b', 'x', '1', '_1', 'print'];
    const reserved = new Set(['print', 'x']);
    expect(namesOf([...names].reverse(), reserved)).to.deep.equal(namesOf(names, reserved));
  });

  it('gives every one of many clashing tools a name of its own', () => {
    const names = Array.from(
      { length: 3_000 },
      (_, index) => `t${'.-/ '.charAt(index % 4)}${'é'.repeat(index % 7)}#${String(index)}`,
    );
    const clashing = names.map((name) =>
      name.replace(/[0-9]/g, (digit) => '零一二三四五六七八九'.charAt(Number(digit))),
    );
    const given = Object.values(namesOf(clashing));
    expect(new Set(given).size).to.equal(new Set(clashing).size);
    expect(given.every((name) => /^[A-Za-z_][A-Za-z0-9_]*$/.test(name))).to.equal(true);
  });

  it('finds tools by either name, and treats names of objects as ordinary', () => {
    const catalog = new ToolCatalog(
      [definition('__proto__'), definition('constructor'), definition('a-b')],
      none,
    );
    expect(catalog.byName('__proto__')?.scriptName).to.equal('__proto__');
    expect(catalog.byScriptName('a_b')?.tool.name).to.equal('a-b');
    expect(catalog.byName('toString')).to.equal(undefined);
    expect(catalog.byScriptName('hasOwnProperty')).to.equal(undefined);
  });

  it('keeps the first of two tools with one name', () => {
    const [first, second] = [definition('a', { title: 'first' }), definition('a', { title: 'second' })];
    expect(new ToolCatalog([first, second], none).bound.map(({ tool }) => tool.title)).to.deep.equal([
      'first',
    ]);
  });

  it('finds the nearest name', () => {
    const catalog = new ToolCatalog([definition('search-files'), definition('write_file')], none);
    expect(catalog.nearest('serch_files')?.tool.name).to.equal('search-files');
    expect(catalog.nearest('searchFiles')?.tool.name).to.equal('search-files');
    expect(catalog.nearest('completely_else')).to.equal(undefined);
    expect(catalog.nearest('x'.repeat(100_000))).to.equal(undefined);
  });

  it('reads parameters from schemas of any shape', () => {
    const read = (inputSchema: unknown): unknown => {
      const [bound] = new ToolCatalog([{ name: 't', inputSchema } as ToolDefinition], none).bound;
      return [bound!.parameters, bound!.required, bound!.open];
    };
    expect(
      read({ properties: { b: {}, a: {} }, required: ['a'], additionalProperties: false }),
    ).to.deep.equal([['b', 'a'], ['a'], false]);
    expect(read({ $ref: '#/$defs/A', $defs: { A: { properties: { x: {} } } } })).to.deep.equal([
      ['x'],
      [],
      true,
    ]);
    for (const nonsense of [
      undefined,
      null,
      7,
      'x',
      [],
      { properties: 3, required: 'a' },
      { $ref: '#' },
      { $ref: '#/$ref' },
    ]) {
      expect(read(nonsense)).to.deep.equal([[], [], true]);
    }
  });

  it('is made once for the same tools and reserved names', () => {
    const tools = [definition('a')];
    const catalog = ToolCatalog.of(tools, none);
    expect(ToolCatalog.of(tools, none)).to.equal(catalog);
    expect(ToolCatalog.of([...tools], none)).not.to.equal(catalog);
    expect(ToolCatalog.of(tools, new Set(['a']))).not.to.equal(catalog);
  });

  it('looks at no schema until a tool is looked at', () => {
    let reads = 0;
    const tools = Array.from({ length: 1_000 }, (_, index) => ({
      name: `tool-${String(index)}`,
      get inputSchema() {
        reads += 1;
        return { type: 'object', properties: { x: { type: 'string' } } };
      },
    }));
    const catalog = ToolCatalog.of(tools, none);
    expect(reads).to.equal(0);
    expect(catalog.byName('tool-7')?.checkArguments({ x: 'a' })).to.equal(null);
    expect(reads).to.be.lessThan(5);
  });
});
