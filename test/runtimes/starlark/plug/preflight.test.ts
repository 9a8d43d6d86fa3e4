import { readFileSync } from 'node:fs';
import { expect } from 'chai';
import fc from 'fast-check';
import { createCodeMode, defineTool } from '../../../../adapters/library/index.js';
import type { CodeMode, Json, JsonObject, Outcome } from '../../../../adapters/library/index.js';

let called: number;

function tool(name: string, properties: JsonObject, more: JsonObject = {}) {
  return defineTool({
    name,
    inputSchema: { type: 'object', properties, ...more },
    call: () => {
      called++;
      return 'done';
    },
  });
}

const STATE = { type: 'string', enum: ['open', 'closed'] };
const FILTER = {
  type: 'object',
  properties: { state: STATE, since: { type: 'string' }, limit: { type: 'integer', minimum: 1 } },
  required: ['since'],
  additionalProperties: false,
};

const tools = [
  tool(
    'list-issues',
    { repo: { type: 'string' }, state: STATE, limit: { type: 'integer', maximum: 100 } },
    {
      required: ['repo'],
      additionalProperties: false,
    },
  ),
  tool('search', {
    query: { type: 'string' },
    filter: FILTER,
    tags: { type: 'array', items: { type: 'string' } },
  }),
  tool('maybe', {
    label: { anyOf: [{ type: 'string' }, { type: 'null' }] },
    ids: { type: 'array', minItems: 2 },
  }),
  tool('bare', {}, { additionalProperties: false }),
  tool(
    'pair',
    { low: { type: 'number' }, high: { type: 'number' } },
    {
      anyOf: [{ required: ['low', 'high'] }, { maxProperties: 0 }],
    },
  ),
  defineTool({
    name: 'behind',
    inputSchema: {
      $ref: '#/$defs/args',
      $defs: { args: { type: 'object', properties: { n: { $ref: '#/$defs/n' } } }, n: { type: 'integer' } },
    },
    call: () => 'done',
  }),
];

/** `code: message` of every fault, with where it stands. */
function told(outcome: Outcome): string[] {
  if (outcome.ok) return [];
  return [outcome.error, ...(outcome.error.also ?? [])].map(
    ({ code, message, position, tool }) =>
      `${position?.line}:${position?.column} ${code}${tool === undefined ? '' : ` [${tool}]`}: ${message}`,
  );
}

const ISSUES = 'tool/arguments [list-issues]: call list-issues:';
const SEARCH = 'tool/arguments [search]: call search:';

const misuses: readonly (readonly [script: string, ...faults: string[]])[] = [
  ['list_issues()', `1:1 ${ISSUES} missing "repo"`],
  ['list_issues(repo="a", stat="open")', `1:1 ${ISSUES} no parameter "stat", did you mean "state"?`],
  [
    'list_issues(repo="a", state="opne")',
    `1:23 ${ISSUES} parameter "state": got a string, want one of "open", "closed"`,
  ],
  [
    'list_issues(repo=x, state="opne")',
    `1:21 ${ISSUES} parameter "state": got a string, want one of "open", "closed"`,
  ],
  [
    's = "opne"\nlist_issues(x, s)',
    `2:16 ${ISSUES} parameter "state": got a string, want one of "open", "closed"`,
  ],
  ['list_issues(7)', `1:13 ${ISSUES} parameter "repo": got an integer, want a string`],
  ['list_issues(x, limit="10")', `1:16 ${ISSUES} parameter "limit": got a string, want an integer`],
  ['list_issues(x, limit=101)', `1:16 ${ISSUES} parameter "limit": got an integer, want at most 100`],
  ['list_issues(x, limit=f"{x}")', `1:16 ${ISSUES} parameter "limit": got a string, want an integer`],
  ['list_issues(x, limit=len(x) == 1)', `1:16 ${ISSUES} parameter "limit": got a boolean, want an integer`],
  [
    'list_issues(x, limit=[y for y in [x]])',
    `1:16 ${ISSUES} parameter "limit": got an array, want an integer`,
  ],
  ['list_issues(limit=[], **rest)', `1:13 ${ISSUES} parameter "limit": got an array, want an integer`],
  [
    'list_issues(1, 2, 3, 4)',
    '1:1 tool/arguments [list-issues]: call list_issues: got 4 positional arguments, want at most 3',
  ],
  [
    'list_issues("a", repo="b")',
    '1:1 tool/arguments [list-issues]: call list_issues: got multiple values for "repo"',
  ],
  [
    'list_issues({"repo": "a", "state": "x"})',
    `1:36 ${ISSUES} parameter "state": got a string, want one of "open", "closed"`,
  ],
  ['list_issues({"state": x})', `1:1 ${ISSUES} missing "repo"`],
  ['list_issues({"repos": x})', `1:1 ${ISSUES} missing "repo"; no parameter "repos", did you mean "repo"?`],
  ['bare(1)', '1:1 tool/arguments [bare]: call bare: got 1 positional arguments, want at most 0'],
  ['bare(a=1)', '1:1 tool/arguments [bare]: call bare: no parameter "a"'],
  [
    'search("a", filter={"state": "opne", "since": x})',
    `1:13 ${SEARCH} parameter "filter.state": got a string, want one of "open", "closed"`,
  ],
  [
    'search("a", filter={"limit": 0, "since": x})',
    `1:13 ${SEARCH} parameter "filter.limit": got an integer, want at least 1`,
  ],
  [
    'search("a", filter={"sinc": "b", "limit": x})',
    `1:13 ${SEARCH} parameter "filter": got an object, want no key "sinc", did you mean "since"?`,
  ],
  [
    'search("a", filter={"state": "open"})',
    `1:13 ${SEARCH} parameter "filter": got an object, want the key "since"`,
  ],
  ['search("a", tags=[x, 1])', `1:13 ${SEARCH} parameter "tags[0]": got an integer, want a string`],
  ['search("a", tags="b")', `1:13 ${SEARCH} parameter "tags": got a string, want an array`],
  [
    'maybe(label=5)',
    '1:7 tool/arguments [maybe]: call maybe: parameter "label": got an integer, want a string or null',
  ],
  [
    'maybe(label=[x])',
    '1:7 tool/arguments [maybe]: call maybe: parameter "label": got an array, want a string or null',
  ],
  [
    'maybe(ids=[1])',
    '1:7 tool/arguments [maybe]: call maybe: parameter "ids": got an array, want at least 2 items',
  ],
  ['pair(low=1)', '1:1 tool/arguments [pair]: call pair: arguments: got an object, want the key "high"'],
  ['behind(n="1")', '1:8 tool/arguments [behind]: call behind: parameter "n": got a string, want an integer'],
  [
    'behind(n="1", m=x)',
    '1:8 tool/arguments [behind]: call behind: parameter "n": got a string, want an integer',
  ],
  // by other ways
  [
    'call_tool("list-isues", repo=x)',
    '1:11 tool/unknown [list-isues]: call_tool: no tool named "list-isues"',
  ],
  ['call_tool("list-issues")', `1:1 ${ISSUES} missing "repo"`],
  ['call_tool("list_issues", 7)', `1:26 ${ISSUES} parameter "repo": got an integer, want a string`],
  ['call_tool()', "1:1 script/name: call_tool: got nothing for the tool's name, want a string first"],
  ['call_tool(x=1)', "1:1 script/name: call_tool: got nothing for the tool's name, want a string first"],
  ['call_tool(7)', "1:11 script/name: call_tool: got int for the tool's name, want a string first"],
  ['tools.list_isues(repo=x)', '1:6 tool/unknown [list_isues]: tools: no tool named "list_isues"'],
  ['tools.list_issues()', `1:1 ${ISSUES} missing "repo"`],
  [
    'tools.describe("list-isues")',
    '1:16 tool/unknown [list-isues]: tools.describe: no tool named "list-isues"',
  ],
  ['tools.search()', '1:1 script/name: tools.search: missing argument for query'],
  ['tools.search(7)', '1:14 script/name: tools.search: for parameter query: got int, want string'],
  [
    'tools.search("a", limit="7")',
    '1:19 script/name: tools.search: for parameter limit: got string, want int',
  ],
  ['tools.search("a", top=7)', '1:19 script/name: tools.search: unexpected keyword argument top'],
  [
    'tools.describe(name="list-isues")',
    '1:16 tool/unknown [list-isues]: tools.describe: no tool named "list-isues"',
  ],
  // in the client's shape
  ['find_tool("issues")', '1:1 script/name: unknown name find_tool'],
  [
    'call_tool(tool_name="list-isues", parameters={"repo": x})',
    '1:11 tool/unknown [list-isues]: call_tool: no tool named "list-isues"',
  ],
  ['call_tool(tool_name=7)', "1:11 script/name: call_tool: got int for the tool's name, want a string first"],
  ['call_tool(tool_name="list-issues", parameters={})', `1:1 ${ISSUES} missing "repo"`],
  [
    'call_tool("list-issues", parameters={"stat": x})',
    `1:1 ${ISSUES} missing "repo"; no parameter "stat", did you mean "state"?`,
  ],
  ['call_tool("list-issues", {"repo": 7})', `1:35 ${ISSUES} parameter "repo": got an integer, want a string`],
  ['call_tool("list-issues", arguments=7)', `1:1 ${ISSUES} missing "repo"; no parameter "arguments"`],
  ['call_tool("list-issues", {})', `1:1 ${ISSUES} missing "repo"`],
  ['progress("half")', '1:10 script/name: progress: for parameter done: got string, want int or float'],
  [
    'attempt(list_issues, stat=x)',
    `1:1 ${ISSUES} missing "repo"; no parameter "stat", did you mean "state"?`,
  ],
  ['attempt(lambda: list_issues())', `1:17 ${ISSUES} missing "repo"`],
  ['attempt(call_tool, "nam")', '1:20 tool/unknown [nam]: call_tool: no tool named "nam"'],
  ['retry(list_issues)', `1:7 ${ISSUES} missing "repo"`],
  [
    'parallel([list_issues])',
    `1:11 tool/arguments [list-issues]: parallel: call list-issues: missing "repo"`,
  ],
  ['parallel([lambda: list_issues() for i in [x]])', `1:19 ${ISSUES} missing "repo"`],
  ['f = lambda: list_issues(7)', `1:25 ${ISSUES} parameter "repo": got an integer, want a string`],
];

const sound: readonly string[] = [
  'list_issues(repo=x)',
  'list_issues(x, "open", 10)',
  'list_issues({"repo": x, "state": "open"})',
  'all = {"repo": x}\nlist_issues(all)',
  'list_issues(dict(repo=x))',
  'list_issues(**{"repo": x})',
  'list_issues(*[x])',
  'list_issues(*[x], **{"limit": 5})',
  'list_issues(state="open", **{"repo": x})',
  'list_issues(rest) if False else 1',
  'list_issues(repo=x, limit=int("7"))',
  'list_issues(repo=x, limit=7.0)',
  'search("a", filter={"since": "b", "state": "open"})',
  'search("a", filter={"since": x, x: x}) if False else 1',
  'search("a", filter=dict(since=x))',
  'search("a", anything=x)',
  'maybe(label=None)',
  'maybe(ids=[y for y in [1, 2]])',
  'maybe(ids=[*[1], x])',
  'pair()',
  'pair(low=1, high=2.5)',
  'pair(low=1, **{"high": 2})',
  'call_tool(name, repo=x)',
  'call_tool("list-" + "issues", repo=x)',
  'call_tool(*["list-issues"], repo=x)',
  'call_tool(tool_name="list-issues", parameters={"repo": x})',
  'call_tool(name="list-issues", arguments={"repo": x})',
  'call_tool(tool_name="list-issues", repo=x)',
  'call_tool(*["list-issues"], name="y") if False else 1',
  'call_tool("list-issues", parameters=dict(repo=x))',
  'call_tool("list-issues", {"repo": x, x: x}) if False else 1',
  'call_tool("pair", {})',
  'tools.search("issues", limit=3)',
  'tools.search(query="issues")',
  'tools.describe(name="list_issues")',
  'attempt(list_issues, repo=x)',
  'attempt(call_tool, name, x)',
  'retry(lambda: list_issues(x))',
  'parallel([lambda r=r: list_issues(r) for r in [x]])',
  'bare = lambda n: n\nbare(1)',
  'def go(search): return search(1)\ngo(lambda n: n)',
  'for list_issues in [lambda: 1]: list_issues()',
  'hasattr(tools, "nam")',
  'getattr(tools, "nam", None)',
];

describe('preflight over tools', () => {
  let codeMode: CodeMode;
  const data = { x: 'r', rest: {}, name: 'list-issues' };
  before(async () => {
    codeMode = await createCodeMode({ tools });
  });
  after(() => codeMode.close());
  beforeEach(() => {
    called = 0;
  });

  for (const [script, ...faults] of misuses) {
    it(`refuses ${script}`, async () => {
      const outcome = await codeMode.run({ script, data });
      expect(told(outcome)).to.deep.equal(faults);
      expect([called, outcome.calls, outcome.usage.steps]).to.deep.equal([0, [], 0]);
    });
  }

  for (const script of sound) {
    it(`lets ${JSON.stringify(script)} run`, async () => {
      expect(told(await codeMode.run({ script, data }))).to.deep.equal([]);
    });
  }

  it('tells all of it before the first call is made', async () => {
    const script = [
      'a = list_issues(repo="a")',
      'b = list_issues(repo="b", stat="open")',
      'c = serach(query="c")',
      'd = tools.nothing()',
      'return [a, b, c, d, unknown, sorted(a, revers=True)]',
    ].join('\n');
    const outcome = await codeMode.run({ script });
    expect(called).to.equal(0);
    expect(told(outcome)).to.deep.equal([
      `2:5 ${ISSUES} no parameter "stat", did you mean "state"?`,
      '3:5 script/name: unknown name serach (did you mean search?)',
      '4:10 tool/unknown [nothing]: tools: no tool named "nothing"',
      '5:21 script/name: unknown name unknown',
      '5:40 script/name: sorted: unexpected keyword argument revers (did you mean reverse?)',
    ]);
  });

  it('reads as the documentation shows it', async () => {
    const script = 'found = []\nrows = list_issues(repo=repo, state="opne")\nfound.push(rows)';
    const issues = tool('list-issues', { repo: { type: 'string' }, state: STATE }, { required: ['repo'] });
    const alone = await createCodeMode({ tools: [issues] });
    const answer = await alone.callScriptTool({ script, data: { repo: 'a' } });
    await alone.close();
    const text = answer.content[0]?.text as string;
    const docs = readFileSync(new URL('../../../../docs/starlark.md', import.meta.url), 'utf8');
    expect(answer.isError).to.equal(true);
    expect(text)
      .to.contain('2 faults, found before anything ran')
      .and.to.match(/\n\nno tool was called$/);
    expect(docs).to.contain(text.replace(/\n\nno tool was called$/, ''));
  });

  it('never shows an argument', async () => {
    const outcome = await codeMode.run({ script: 'list_issues(repo="a", state="s3cret-" + "value")' });
    expect(JSON.stringify(outcome)).to.contain('one of').and.not.contain('s3cret');
  });
});

// ── any call of any tool ────────────────────────────────────────────────────────────────────────

const property = fc.letrec((tie) => ({
  schema: fc.oneof(
    { maxDepth: 2 },
    fc.constantFrom<Json>(
      true,
      {},
      { type: 'string' },
      { type: 'integer' },
      { type: 'number' },
      { type: ['boolean', 'null'] },
      { type: 'null' },
      { enum: ['a', 1, null] },
      { const: 'a' },
      { enum: [[], ['a']] },
      { type: 'string', minLength: 2 },
      { type: 'integer', minimum: 1, maximum: 2 },
      { $ref: '#/$defs/some' },
    ),
    fc.record({ type: fc.constant('array'), items: tie('schema'), minItems: fc.integer({ min: 0, max: 2 }) }),
    fc.record({
      type: fc.constant('array'),
      prefixItems: fc.array(tie('schema'), { minLength: 1, maxLength: 2 }),
      items: tie('schema'),
    }),
    fc.record({ type: fc.constant('array'), contains: tie('schema') }),
    fc.record(
      {
        type: fc.constant('object'),
        properties: fc.dictionary(fc.constantFrom('a', 'b', '__proto__x'), tie('schema')),
        required: fc.subarray(['a', 'b']),
        additionalProperties: fc.oneof(fc.boolean(), tie('schema')),
      },
      { requiredKeys: ['type', 'properties'] },
    ),
    fc.record({ anyOf: fc.array(tie('schema'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ oneOf: fc.array(tie('schema'), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie('schema') }),
    fc.record({ if: tie('schema'), then: tie('schema'), else: tie('schema') }),
  ),
})).schema as fc.Arbitrary<Json>;

const inputSchema = fc.record(
  {
    type: fc.constant('object'),
    $defs: fc.record({ some: fc.constantFrom<Json>({ type: 'string' }, { type: 'integer' }, true) }),
    properties: fc.dictionary(fc.constantFrom('a', 'b', 'c'), property, { minKeys: 1 }),
    required: fc.subarray(['a', 'b', 'c']),
    additionalProperties: fc.oneof(fc.boolean(), property),
    dependentSchemas: fc.dictionary(fc.constantFrom('a', 'b'), property),
    minProperties: fc.integer({ min: 0, max: 2 }),
  },
  { requiredKeys: ['type', '$defs', 'properties'] },
) as fc.Arbitrary<JsonObject>;

/** An expression, and whether its value is hidden from the text where it can be. */
const expression = fc.letrec((tie) => ({
  any: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.constantFrom(
      'None',
      'True',
      '1',
      '2',
      '-1',
      '1.5',
      '2.0',
      '"a"',
      '"ab"',
      '9007199254740993',
      'f"{1}"',
      '("a" + "b")',
      '1 + 1',
      'not 1',
    ),
    fc.array(tie('any'), { maxLength: 3 }).map((items) => `[${items.join(', ')}]`),
    fc
      .array(fc.tuple(fc.constantFrom('a', 'b', 'd'), tie('any')), { maxLength: 2 })
      .map(
        (entries) =>
          `{${[...new Map(entries as [string, string][])].map(([key, value]) => `"${key}": ${value}`).join(', ')}}`,
      ),
    tie('any').map((value) => `same(${String(value)})`),
    tie('any').map((value) => `[y for y in [${String(value)}]]`),
    tie('any').map((value) => `(1 if same(False) else ${String(value)})`),
  ),
})).any;

const call = fc.oneof(
  fc
    .dictionary(fc.constantFrom('a', 'b', 'c', 'd'), expression)
    .map((args) =>
      Object.entries(args).map(([name, value]): [name: string, value: string] => [`${name}=`, value]),
    ),
  fc.array(expression, { maxLength: 4 }).map((args) => args.map((value): [string, string] => ['', value])),
);

describe('preflight over any tool', () => {
  it('refuses nothing that would have succeeded, and all that is literal and fails', async function () {
    this.timeout(120_000);
    const seen = { refused: 0, ran: 0 };
    await fc.assert(
      fc.asyncProperty(inputSchema, fc.array(call, { minLength: 1, maxLength: 6 }), async (schema, calls) => {
        const codeMode = await createCodeMode({
          tools: [defineTool({ name: 't', inputSchema: schema, call: () => 'done' })],
        });
        for (const args of calls) {
          const open = args.map(([name, value]) => name + value).join(', ');
          const hidden = args.map(([name, value]) => `${name}same(${value})`).join(', ');
          const shown = await codeMode.run({ script: `def same(x): return x\nreturn t(${open})` });
          // Names are judged even where values are hidden: through another function nothing is known.
          const blind = await codeMode.run({
            script: `def same(x): return x\nf = same(t)\nreturn f(${hidden})`,
          });
          expect([open, shown.ok, blind.ok ? '' : blind.error.message]).to.deep.equal([
            open,
            blind.ok,
            blind.ok ? '' : blind.error.message,
          ]);
          if (!shown.ok && shown.usage.steps === 0) seen.refused++;
          else seen.ran++;
        }
        await codeMode.close();
      }),
      { numRuns: 100 },
    );
    expect(seen.refused).to.be.greaterThan(20);
    expect(seen.ran).to.be.greaterThan(20);
  });
});
