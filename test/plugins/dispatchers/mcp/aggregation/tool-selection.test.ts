import { expect } from 'chai';
import type { ToolDefinition } from '../../../../../core/index.js';
import {
  selectTools,
  type ToolRules,
} from '../../../../../plugins/dispatchers/mcp/aggregation/tool-selection.js';

const tool = (name: string, fields: Partial<ToolDefinition> = {}): ToolDefinition => ({
  name,
  inputSchema: { type: 'object' },
  ...fields,
});

const select = (names: readonly string[], rules: ToolRules) =>
  selectTools(
    names.map((name) => tool(name)),
    rules,
  );

const offered = (names: readonly string[], rules: ToolRules): string[] =>
  select(names, rules).offered.map(({ item, original }) => `${item.name} = ${original}`);

describe('the tools of a server that are let in', () => {
  const NAMES = ['get_issue', 'get_user', 'delete_issue'];

  it('are all of them where nothing is said, as they came', () => {
    const tools = NAMES.map((name) => tool(name));
    const { offered: all } = selectTools(tools, {});
    expect(all.map(({ item }) => item)).to.have.ordered.members(tools);
  });

  it('are those of include without those of exclude', () => {
    expect(offered(NAMES, { include: ['get_*'] })).to.deep.equal([
      'get_issue = get_issue',
      'get_user = get_user',
    ]);
    expect(offered(NAMES, { exclude: ['*_issue'] })).to.deep.equal(['get_user = get_user']);
    expect(offered(NAMES, { include: ['*_issue'], exclude: ['delete_*'] })).to.deep.equal([
      'get_issue = get_issue',
    ]);
    expect(offered(NAMES, { include: [] })).to.deep.equal([]);
  });

  it('are told of where a pattern meets none: it may be a slip of the pen', () => {
    const rules = { include: ['get_*', 'gte_*'], exclude: ['dlete_*', '*'] };
    expect(select(NAMES, rules).problems).to.deep.equal([
      'tools.include: no tool fits "gte_*"',
      'tools.exclude: no tool fits "dlete_*"',
    ]);
    expect(select([], rules).problems).to.deep.equal([]);
  });
});

describe('what the operator says of a tool', () => {
  it('takes the place of what the server says, and nothing else does', () => {
    const kept = { icons: [{ src: 'x' }], annotations: { readOnlyHint: true, title: 'kept' } };
    const tools = [tool('x', { title: 'old', description: 'old', ...kept })];
    const overrides = {
      x: { name: 'find', title: 'Find', description: 'Finds.', annotations: { readOnlyHint: false } },
    };
    expect(selectTools(tools, { overrides }).offered).to.deep.equal([
      {
        original: 'x',
        item: tool('find', {
          title: 'Find',
          description: 'Finds.',
          ...kept,
          annotations: { readOnlyHint: false, title: 'kept' },
        }),
      },
    ]);
  });

  it('may swap the names of two', () => {
    const overrides = { a: { name: 'b' }, b: { name: 'a' } };
    expect(offered(['a', 'b'], { overrides })).to.deep.equal(['b = a', 'a = b']);
  });

  it('is told of where there is no such tool, and fails nothing', () => {
    const rules = { exclude: ['gone'], overrides: { gone: { name: 'x' }, lost: {} } };
    const { offered: left, problems } = select(['a', 'gone'], rules);
    expect(left.map(({ original }) => original)).to.deep.equal(['a']);
    expect(problems).to.deep.equal([
      'tools.overrides["gone"]: no such tool is let in',
      'tools.overrides["lost"]: no such tool is let in',
    ]);
  });

  it('gives no name that another tool of the server has', () => {
    const { offered: named, problems } = select(['a', 'b', 'c'], {
      overrides: { a: { name: 'b' }, c: { name: 'a' } },
    });
    expect(named.map(({ item, original }) => `${item.name} = ${original}`)).to.deep.equal([
      'a = a',
      'b = b',
      'c = c',
    ]);
    expect(problems).to.deep.equal([
      'tools.overrides["a"]: another tool of this server has the name "b"',
      'tools.overrides["c"]: another tool of this server has the name "a"',
    ]);
  });

  it('is not looked for among what every object has', () => {
    expect(offered(['constructor', '__proto__'], { overrides: {} })).to.deep.equal([
      'constructor = constructor',
      '__proto__ = __proto__',
    ]);
  });
});
