import { expect } from 'chai';
import { ToolscriptError, type ToolDefinition } from '../../../../../core/index.js';
import { DEFAULT_RULES } from '../../../../../plugins/dispatchers/mcp/aggregation/naming-rules.js';
import { ToolListing } from '../../../../../plugins/dispatchers/mcp/aggregation/tool-listing.js';

interface Server {
  name: string;
  tools: readonly ToolDefinition[];
}

const server = (name: string, ...tools: string[]): Server => ({ name, tools: toolsOf(...tools) });

const toolsOf = (...names: string[]): ToolDefinition[] =>
  names.map((name) => ({ name, inputSchema: { type: 'object' } }));

const listingOf = (sources: Server[], rules = {}, rulesOf = {}) =>
  new ToolListing({ sources, rules: { ...DEFAULT_RULES, ...rules }, rulesOf: () => rulesOf });

const namesOf = (listing: ToolListing<Server>): string[] => listing.tools.map(({ name }) => name);

describe('the list of the tools of many servers', () => {
  it('is the same array until a tool changed', () => {
    const a = server('a', 'x', 'hidden');
    const listing = listingOf([a], {}, { exclude: ['hidden'] });
    listing.refresh();
    const before = listing.tools;
    listing.refresh();
    expect(listing.tools).to.equal(before);
    a.tools = toolsOf('x', 'hidden', 'y');
    listing.refresh();
    expect(listing.tools).not.to.equal(before);
    expect(namesOf(listing)).to.deep.equal(['x', 'y']);
  });

  it('is the same array when what changed is let in nowhere', () => {
    const a = server('a', 'x', 'hidden');
    const listing = listingOf([a], {}, { include: ['x'] });
    listing.refresh();
    const before = listing.tools;
    a.tools = toolsOf('x', 'hidden_too');
    listing.refresh();
    expect(listing.tools).to.equal(before);
  });

  it('leads each name back to its server and to the name that the server has for it', () => {
    const listing = listingOf([server('a', 'x'), server('b', 'x')], {}, { overrides: { x: { name: 'y' } } });
    listing.refresh();
    const { server: owner, original } = listing.route('b_y') ?? {};
    expect([owner?.name, original]).to.deep.equal(['b', 'x']);
    expect([listing.countOf('a'), listing.countOf('b'), listing.countOf('c')]).to.deep.equal([1, 1, 0]);
  });

  it('tells of each server what its rules could not do, and not without end', () => {
    const names = Array.from({ length: 50 }, (_, index) => `t${index}`);
    const rules = { conflicts: 'priority', priority: ['a'] };
    const listing = listingOf([server('a', ...names), server('b', ...names)], rules);
    listing.refresh();
    expect(listing.problems.get('b')).to.have.length(21);
    expect(listing.problems.get('b')?.at(-1)).to.equal('and 30 more');
  });
});

describe('names that clash where the operator must solve it', () => {
  it('are a fault at first, all at once, and until they are solved', () => {
    const b = server('b', 'x', 'y');
    const listing = listingOf([server('a', 'x', 'y'), b], { conflicts: 'manual' });
    const words = /^name the tools: several servers offer "x" of "a" and "b", "y" of "a" and "b"; wanted/;
    expect(() => listing.refresh())
      .to.throw(ToolscriptError, words)
      .with.property('code', 'config/invalid');
    expect(() => listing.refresh()).to.throw(words);
    b.tools = toolsOf('z');
    listing.refresh();
    expect(namesOf(listing)).to.deep.equal(['x', 'y', 'z']);
  });

  it('take nothing down later: who had the name keeps it, and the other is told of', () => {
    const a = server('a', 'other');
    const listing = listingOf([a, server('b', 'x')], { conflicts: 'manual' });
    listing.refresh();
    a.tools = toolsOf('other', 'x');
    listing.refresh();
    expect(namesOf(listing)).to.deep.equal(['other', 'x']);
    expect(listing.route('x')?.server.name).to.equal('b');
    expect(listing.problems.get('a')).to.deep.equal([
      'tool "x" is left out: server "b" has this name already',
    ]);
  });
});
