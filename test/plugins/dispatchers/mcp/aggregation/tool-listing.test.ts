import { expect } from 'chai';
import fc from 'fast-check';
import { ToolscriptError, type ToolDefinition } from '../../../../../core/index.js';
import { DEFAULT_RULES } from '../../../../../plugins/dispatchers/mcp/aggregation/naming-rules.js';
import type { ToolRules } from '../../../../../plugins/dispatchers/mcp/aggregation/tool-selection.js';
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

describe('any list of the tools of any servers', () => {
  const names = ['x', 'y', 'a_x', 'b_x', 'execute_tool_script', 'é'];
  const pattern = fc.constantFrom('*', 'x', '?', '*_x', 'none');
  const rulesOf = fc.record(
    {
      include: fc.array(pattern, { maxLength: 2 }),
      exclude: fc.array(pattern, { maxLength: 1 }),
      overrides: fc.dictionary(
        fc.constantFrom(...names),
        fc.record({ name: fc.constantFrom('x', 'y', 'z', 'execute_tool_script') }, { requiredKeys: [] }),
        { maxKeys: 3 },
      ),
    },
    { requiredKeys: [] },
  );
  const servers = fc
    .uniqueArray(fc.constantFrom('a', 'b', 'c'), { minLength: 1 })
    .chain((some) =>
      fc.tuple(
        ...some.map((each) =>
          fc.tuple(fc.constant(each), fc.uniqueArray(fc.constantFrom(...names)), rulesOf),
        ),
      ),
    );
  const rules = fc.record({
    conflicts: fc.constantFrom('prefix', 'priority'),
    prefix: fc.constantFrom('when-needed', 'always'),
    priority: fc.constantFrom([], ['b'], ['c', 'a']),
  });

  it('leads every name back to its server and tool, and is the same in whatever order servers come', () => {
    fc.assert(
      fc.property(servers, rules, (some, chosen) => {
        const listed = (order: typeof some): ToolListing<Server> => {
          const rulesBy = new Map<string, ToolRules>(order.map(([name, , own]) => [name, own]));
          const listing = new ToolListing({
            sources: order.map(([name, tools]) => server(name, ...tools)),
            rules: { ...DEFAULT_RULES, ...chosen, reserved: new Set(['execute_tool_script']) },
            rulesOf: ({ name }) => rulesBy.get(name) ?? {},
          });
          listing.refresh();
          return listing;
        };
        const listing = listed(some);
        const all = namesOf(listing);
        expect(new Set(all).size).to.equal(all.length);
        expect(all).not.to.include('execute_tool_script');
        const routes = all.map((name) => listing.route(name)!);
        for (const { server: owner, original } of routes) {
          expect(owner.tools.map(({ name }) => name)).to.include(original);
        }
        const origins = routes.map(({ server: { name }, original }) => JSON.stringify([name, original]));
        expect(new Set(origins).size).to.equal(origins.length);
        expect(namesOf(listed(some.toReversed()))).to.deep.equal(all);
      }),
    );
  });
});
