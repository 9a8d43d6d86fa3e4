import { expect } from 'chai';
import fc from 'fast-check';
import {
  nameItems,
  type Item,
  type NamingContext,
  type Offer,
} from '../../../../../plugins/dispatchers/mcp/aggregation/item-names.js';
import {
  DEFAULT_RULES,
  type NamingRules,
} from '../../../../../plugins/dispatchers/mcp/aggregation/naming-rules.js';

type Names = Readonly<Record<string, readonly string[]>>;

/** Offers of servers; `new<old` is an item that somebody named anew. */
const offersOf = (servers: Names): Offer<string, Item>[] =>
  Object.entries(servers).map(([name, items]) => ({
    server: name,
    name,
    items: items.map((text) => {
      const [item = '', original = item] = text.split('<');
      return { item: { name: item }, original };
    }),
  }));

const rulesOf = (rules: Partial<NamingRules>): NamingRules => ({
  ...DEFAULT_RULES,
  reserved: new Set(['execute_tool_script']),
  ...rules,
});

const name = (servers: Names, rules: Partial<NamingRules> = {}, context: Partial<NamingContext> = {}) =>
  nameItems(offersOf(servers), rulesOf(rules), { noun: 'tool', ...context });

const listed = (servers: Names, rules?: Partial<NamingRules>, context?: Partial<NamingContext>): string[] =>
  name(servers, rules, context).items.map(
    ({ item, server, original }) => `${item.name} = ${server}/${original}`,
  );

const problems = (servers: Names, rules?: Partial<NamingRules>, context?: Partial<NamingContext>): string[] =>
  name(servers, rules, context).problems.map(({ server, text }) => `${server}: ${text}`);

interface Row {
  readonly title: string;
  readonly servers: Names;
  readonly rules?: Partial<NamingRules>;
  readonly context?: Partial<NamingContext>;
  readonly lists: readonly string[];
  readonly tells?: readonly string[];
}

const PREFIX: readonly Row[] = [
  {
    title: 'are their own while nobody else has them, in the order of the servers',
    servers: { b: ['list', 'get'], a: ['search'] },
    lists: ['search = a/search', 'list = b/list', 'get = b/get'],
  },
  {
    title: 'get the server in front where two servers share one, for both',
    servers: { b: ['search', 'get'], a: ['search'] },
    lists: ['a_search = a/search', 'b_search = b/search', 'get = b/get'],
  },
  {
    title: 'get the server in front always, when asked for',
    servers: { b: ['list'], a: ['get'] },
    rules: { prefix: 'always' },
    lists: ['a_get = a/get', 'b_list = b/list'],
  },
  {
    title: 'follow the format',
    servers: { a: ['x'], b: ['x'] },
    rules: { format: 'mcp.{server}.' },
    lists: ['mcp.a.x = a/x', 'mcp.b.x = b/x'],
  },
  {
    title: "carry a server's own text in front, whether it is needed or not",
    servers: { github: ['search'], web: ['fetch'] },
    rules: { prefixes: new Map([['github', 'gh-']]) },
    lists: ['gh-search = github/search', 'fetch = web/fetch'],
  },
  {
    title: 'stay bare for a server whose own text is empty, also where others have theirs in front',
    servers: { a: ['x'], b: ['x'] },
    rules: { prefix: 'always', prefixes: new Map([['a', '']]) },
    lists: ['x = a/x', 'b_x = b/x'],
  },
  {
    title: 'get the server in front of its own text where that clashes',
    servers: { a: ['x'], b: ['x'] },
    rules: {
      prefixes: new Map([
        ['a', 'p_'],
        ['b', 'p_'],
      ]),
    },
    lists: ['a_p_x = a/x', 'b_p_x = b/x'],
  },
  {
    title: 'never are a reserved one',
    servers: { unreal: ['execute_tool_script'] },
    lists: ['unreal_execute_tool_script = unreal/execute_tool_script'],
  },
  {
    title: 'never become a reserved one by a prefix',
    servers: { execute: ['tool_script'] },
    rules: { prefix: 'always' },
    lists: ['execute_tool_script_2 = execute/tool_script'],
    tells: [
      'execute: tool "tool_script" is listed as "execute_tool_script_2": "execute_tool_script" is taken',
    ],
  },
  {
    title: 'never become a reserved one by a new name',
    servers: { a: ['execute_tool_script<run'] },
    lists: ['a_execute_tool_script = a/run'],
  },
  {
    title: 'with a server in front go before what another server calls the same',
    servers: { a: ['x'], b: ['x'], c: ['a_x'], d: ['c_a_x'] },
    lists: ['a_x = a/x', 'b_x = b/x', 'c_a_x = c/a_x', 'd_c_a_x = d/c_a_x'],
  },
  {
    title: 'are numbered where they are equal with their servers in front',
    servers: { a: ['b_c'], a_b: ['c'] },
    rules: { prefix: 'always' },
    lists: ['a_b_c = a/b_c', 'a_b_c_2 = a_b/c'],
    tells: ['a_b: tool "c" is listed as "a_b_c_2": "a_b_c" is taken'],
  },
  {
    title: 'carry no character that clients refuse, when we make them',
    servers: { 'my server': ['x', 'é t/u', '😀'], other: ['é t/u'] },
    rules: { prefix: 'always' },
    lists: [
      'my_server_x = my server/x',
      'my_server___t_u = my server/é t/u',
      'my_server__ = my server/😀',
      'other___t_u = other/é t/u',
    ],
  },
  {
    title: 'stay as the server made them otherwise, whatever they are',
    servers: { a: ['é t/u', 'n'.repeat(200)] },
    lists: ['é t/u = a/é t/u', `${'n'.repeat(200)} = a/${'n'.repeat(200)}`],
  },
  {
    title: 'take hostile names as ordinary ones',
    servers: { a: ['__proto__', 'constructor'], b: ['__proto__'] },
    lists: ['a___proto__ = a/__proto__', 'constructor = a/constructor', 'b___proto__ = b/__proto__'],
  },
];

const PRIORITY: readonly Row[] = [
  {
    title: 'are kept by the first of the list, and whoever loses one is told',
    servers: { a: ['x'], b: ['x', 'y'], c: ['x'] },
    rules: { conflicts: 'priority', priority: ['c', 'b'] },
    lists: ['y = b/y', 'x = c/x'],
    tells: [
      'a: tool "x" is left out: server "c" has priority',
      'b: tool "x" is left out: server "c" has priority',
    ],
  },
  {
    title: 'get the server in front where nobody of the list has them',
    servers: { a: ['x'], b: ['x'], c: ['y'] },
    rules: { conflicts: 'priority', priority: ['c'] },
    lists: ['a_x = a/x', 'b_x = b/x', 'y = c/y'],
  },
  {
    title: 'of a listed server give way to nobody',
    servers: { a: ['x'], b: ['x'], c: ['a_x'] },
    rules: { conflicts: 'priority', priority: ['c'] },
    lists: ['a_x_2 = a/x', 'b_x = b/x', 'a_x = c/a_x'],
    tells: ['a: tool "x" is listed as "a_x_2": "a_x" is taken'],
  },
  {
    title: 'that are reserved are nobody’s, whoever is listed',
    servers: { a: ['execute_tool_script'], b: ['execute_tool_script'] },
    rules: { conflicts: 'priority', priority: ['a'] },
    lists: ['a_execute_tool_script = a/execute_tool_script', 'b_execute_tool_script = b/execute_tool_script'],
  },
];

const MANUAL: readonly Row[] = [
  {
    title: 'stay as they are while nothing clashes, and new names solve what would',
    servers: { a: ['x'], b: ['find<x'] },
    rules: { conflicts: 'manual' },
    lists: ['x = a/x', 'find = b/x'],
  },
  {
    title: 'stay with the server that had them before',
    servers: { a: ['x'], b: ['x'] },
    rules: { conflicts: 'manual' },
    context: { holders: new Map([['x', 'b']]) },
    lists: ['x = b/x'],
    tells: ['a: tool "x" is left out: server "b" has this name already'],
  },
  {
    title: 'get the server in front when they are reserved: that is nobody’s to solve',
    servers: { a: ['execute_tool_script'] },
    rules: { conflicts: 'manual' },
    lists: ['a_execute_tool_script = a/execute_tool_script'],
  },
];

describe('names of what many servers offer', () => {
  for (const [strategy, rows] of Object.entries({ prefix: PREFIX, priority: PRIORITY, manual: MANUAL })) {
    describe(`by ${strategy}`, () => {
      for (const { title, servers, rules, context, lists, tells = [] } of rows) {
        it(title, () => {
          expect(listed(servers, rules, context)).to.deep.equal(lists);
          expect(problems(servers, rules, context)).to.deep.equal(tells);
        });
      }
    });
  }

  it('are at fault by manual where they clash, all of them', () => {
    const { conflicts } = name({ a: ['x', 'y', 'z'], b: ['x', 'y'], c: ['x'] }, { conflicts: 'manual' });
    expect(conflicts).to.deep.equal(['"x" of "a" and "b" and "c"', '"y" of "a" and "b"']);
  });

  it('are no fault by manual where one server alone would clash with itself', () => {
    const { conflicts, items } = name({ a: ['é', 'ü'] }, { conflicts: 'manual', prefix: 'always' });
    expect(conflicts).to.deep.equal([]);
    expect(items.map(({ item }) => item.name)).to.deep.equal(['a__', 'a___2']);
  });

  it('that grow too long end with a digest, and stay apart', () => {
    const long = 'n'.repeat(127);
    const names = name({ a: [`${long}1`, `${long}2`], b: ['x'] }, { prefix: 'always' }).items.map(
      ({ item }) => item.name,
    );
    expect(names).to.deep.equal([`a_${'n'.repeat(117)}_6951e9e5`, `a_${'n'.repeat(117)}_164dbb59`, 'b_x']);
  });

  it('cost no more than their number, however hostile', () => {
    const many = Array.from({ length: 40_000 }, (_, at) =>
      String.fromCharCode(0x4e00 + (at % 200), 0x4e00 + Math.floor(at / 200)),
    );
    const { items } = name({ a: many }, { prefix: 'always' });
    expect(new Set(items.map(({ item }) => item.name)).size).to.equal(40_000);
  }).timeout(10_000);
});

describe('any names of what any servers offer', () => {
  const words = ['x', 'y', 'a_x', 'b_x', 'a_a_x', 'a_x_2', 'execute_tool_script', 'é', 'ü', 'm'.repeat(130)];
  const servers = fc
    .uniqueArray(fc.constantFrom('a', 'b', 'c', 'a_a', 'b c'), { minLength: 1 })
    .chain((names) =>
      fc.tuple(
        ...names.map((server) =>
          fc
            .uniqueArray(fc.constantFrom(...words), { maxLength: 6 })
            .map((items): [string, string[]] => [server, items]),
        ),
      ),
    );
  const rules = fc.record({
    conflicts: fc.constantFrom('prefix', 'priority', 'manual'),
    prefix: fc.constantFrom('when-needed', 'always'),
    format: fc.constantFrom('{server}_', '{server}', 'p.{server}.'),
    prefixes: fc
      .dictionary(fc.constantFrom('a', 'b'), fc.constantFrom('', 'a_', 'z-'))
      .map((own) => new Map(Object.entries(own))),
    priority: fc.uniqueArray(fc.constantFrom('a', 'b', 'nobody')),
  }) satisfies fc.Arbitrary<Partial<NamingRules>>;

  it('are unique, valid where we make them, never reserved, and lead back to who offers them', () => {
    fc.assert(
      fc.property(servers, rules, (some, chosen) => {
        const offered = new Map(some);
        const { items } = name(Object.fromEntries(some), chosen);
        const names = items.map(({ item }) => item.name);
        expect(new Set(names).size).to.equal(names.length);
        expect(names).not.to.include('execute_tool_script');
        for (const { item, server, original } of items) {
          expect(offered.get(server)).to.include(original);
          if (item.name !== original) expect(item.name).to.match(/^[A-Za-z0-9_.-]{1,128}$/);
        }
        const origins = items.map(({ server, original }) => JSON.stringify([server, original]));
        expect(new Set(origins).size).to.equal(origins.length);
      }),
    );
  });

  it('are the same in whatever order the servers come', () => {
    const shuffled = servers.chain((some) =>
      fc.tuple(fc.constant(some), fc.shuffledSubarray([...some], { minLength: some.length })),
    );
    fc.assert(
      fc.property(shuffled, rules, ([some, other], chosen) => {
        const one = name(Object.fromEntries(some), chosen);
        expect(name(Object.fromEntries(other), chosen)).to.deep.equal(one);
      }),
    );
  });

  it('lose nothing but what a problem tells of', () => {
    fc.assert(
      fc.property(servers, rules, (some, chosen) => {
        const { items, problems: told } = name(Object.fromEntries(some), chosen);
        const left = told.filter(({ text }) => text.includes('is left out'));
        expect(items.length + left.length).to.equal(some.flatMap(([, offered]) => offered).length);
        if (chosen.conflicts === 'prefix') expect(left).to.deep.equal([]);
      }),
    );
  });
});
