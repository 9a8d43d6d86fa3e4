import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { createCodeMode, ToolscriptError } from '../../../../core/index.js';
import type {
  Caller,
  CodeMode,
  Decision,
  JsonObject,
  LimitPolicy,
  ToolDefinition,
} from '../../../../core/index.js';
import plugin, { createCedarPolicy } from '../../../../plugins/limits/cedar/index.js';
import { createStarlarkRuntime } from '../../../../runtimes/starlark/plug/index.js';
import { answering, definition, textResult } from '../../../support/test-tools.js';

const READ = definition('read_file', { annotations: { readOnlyHint: true } });
const WRITE = definition('write_file');
const DEPLOY = definition('deploy', { title: 'Deploy' });
const SCRIPT = definition('execute_tool_script');
const TOOLS: readonly ToolDefinition[] = [READ, WRITE, DEPLOY];

const dev: Caller = {
  id: 'alice',
  claims: { roles: ['dev'], org: { id: 7 }, client: { name: 'x' }, exp: 1, jti: 'a' },
};
const ops: Caller = { id: 'ops-1', claims: { roles: ['ops', 'dev'] } };

const POLICIES = `
@id("read")
permit (principal in Role::"dev", action == Action::"call_tool", resource)
when { resource.annotations has readOnlyHint && resource.annotations.readOnlyHint };

@id("deploy")
permit (principal in Role::"ops", action == Action::"call_tool", resource == Tool::"deploy")
when { context.args has env && ["test", "staging"].contains(context.args.env) };

@id("scripts")
permit (principal, action == Action::"run_script", resource) when { principal has org && principal.org.id == 7 };

@id("docs")
permit (principal, action in [Action::"read_resource", Action::"get_prompt"], resource) when { resource.name like "docs*" };

@id("etc")
forbid (principal, action, resource) when { context.args has path && context.args.path like "/etc*" };
`;

async function policyOf(text = POLICIES, schema?: string): Promise<LimitPolicy> {
  return createCedarPolicy({
    policies: [{ name: 'test.cedar', text }],
    ...(schema !== undefined && { schema: { name: 'test.cedarschema', text: schema } }),
  });
}

const ask = async (
  policy: LimitPolicy,
  caller: Caller,
  tool: ToolDefinition,
  args: JsonObject = {},
): Promise<Decision> => policy.authorize!({ caller, tool, args, mode: 'direct' });

const names = async (policy: LimitPolicy, caller: Caller, tools = TOOLS): Promise<string[]> =>
  (await policy.visibleTools!(caller, tools)).map(({ name }) => name);

describe('Cedar', () => {
  const rows: readonly (readonly [
    caller: Caller,
    tool: ToolDefinition,
    args: JsonObject,
    reason?: string,
  ])[] = [
    [dev, READ, {}],
    [dev, READ, { path: '/srv' }],
    [dev, READ, { path: '/etc/passwd' }, 'the policy etc'],
    [dev, READ, { path: null }],
    [dev, WRITE, {}, 'no policy permits it'],
    [dev, DEPLOY, { env: 'test' }, 'no policy permits it'],
    [ops, DEPLOY, { env: 'test' }],
    [ops, DEPLOY, { env: 'prod' }, 'no policy permits it'],
    [ops, DEPLOY, {}, 'no policy permits it'],
    [ops, DEPLOY, { env: ['test'] }, 'no policy permits it'],
    [dev, SCRIPT, { script: 'x' }],
    [ops, SCRIPT, { script: 'x' }, 'no policy permits it'],
    [{ id: 'anonymous' }, READ, {}, 'no policy permits it'],
  ];
  for (const beforehand of [false, true]) {
    it(`decides by claims, annotations and arguments${beforehand ? ', also of tools that were listed' : ''}`, async () => {
      const policy = await policyOf();
      for (const [caller, tool, args, reason] of rows) {
        if (beforehand) await policy.visibleTools!(caller, [...TOOLS, SCRIPT]);
        const decision = await ask(policy, caller, tool, args);
        const expected = reason === undefined ? { allow: true } : { allow: false, reason };
        expect(decision, `${caller.id} ${tool.name} ${JSON.stringify(args)}`).to.deep.equal(expected);
      }
    });
  }

  it('shows tools of which some call may be permitted', async () => {
    const policy = await policyOf();
    expect(await names(policy, dev)).to.deep.equal(['read_file']);
    expect(await names(policy, ops)).to.deep.equal(['read_file', 'deploy']);
    expect(await names(policy, { id: 'nobody' })).to.deep.equal([]);
    expect(await names(policy, dev, [SCRIPT])).to.deep.equal(['execute_tool_script']);
    expect(await names(policy, ops, [SCRIPT])).to.deep.equal([]);
  });

  it('answers the same list for the same one, whatever token the caller comes with', async () => {
    const policy = await policyOf();
    const seen = await policy.visibleTools!(dev, TOOLS);
    const renewed = { ...dev, claims: { ...dev.claims, exp: 2, jti: 'b', iat: 5 } };
    expect(await policy.visibleTools!(renewed, TOOLS)).to.equal(seen);
    expect(await policy.visibleTools!(dev, [...TOOLS])).not.to.equal(seen);
    const all = await policyOf('permit (principal, action, resource);');
    expect(await all.visibleTools!(dev, TOOLS)).to.equal(TOOLS);
  });

  const scopes: readonly (readonly [text: string, visible: string[]])[] = [
    ['permit (principal, action, resource is Tool);', ['read_file', 'write_file', 'deploy']],
    ['permit (principal, action, resource is Prompt);', []],
    ['permit (principal == Caller::"alice", action, resource == Tool::"deploy");', ['deploy']],
    ['permit (principal == Caller::"bob", action, resource);', []],
    ['permit (principal, action, resource in Tool::"deploy");', ['deploy']],
    ['permit (principal, action == Action::"get_prompt", resource);', []],
    [
      'permit (principal, action, resource) when { resource.name like "*_file" };',
      ['read_file', 'write_file'],
    ],
    ['permit (principal, action, resource) when { resource has title };', ['deploy']],
    [
      'permit (principal, action, resource) when { resource == Tool::"deploy" || resource.name == "read_file" };',
      ['read_file', 'deploy'],
    ],
    [
      'permit (principal, action, resource) unless { resource in [Tool::"deploy", Tool::"x"] };',
      ['read_file', 'write_file'],
    ],
    [
      'permit (principal, action, resource) when { context.mode == "script" };',
      ['read_file', 'write_file', 'deploy'],
    ],
    ['permit (principal, action, resource) when { principal.nothing == 1 };', []],
    [
      'permit (principal, action, resource); forbid (principal, action, resource) when { principal.nothing == 1 };',
      [],
    ],
    ['permit (principal, action, resource) when { principal has client };', []],
    ['permit (principal, action, resource) when { principal has exp || principal has jti };', []],
  ];
  for (const [text, visible] of scopes) {
    it(`shows what is right by ${text}`, async () => {
      const policy = await policyOf(text);
      expect(await names(policy, dev)).to.deep.equal(visible);
      for (const tool of TOOLS) {
        const { allow } = await ask(policy, dev, tool);
        if (allow) expect(visible).to.include(tool.name);
      }
    });
  }

  it('knows the servers of tools', async () => {
    const policy = await policyOf(`
      permit (principal, action, resource in Server::"files");
      permit (principal, action, resource is Tool in Server::"ci") when { resource has server && resource.server == "ci" };
    `);
    const servers: Record<string, string> = { read_file: 'files', write_file: 'other', deploy: 'ci' };
    policy.learn!((tool) => (servers[tool] === undefined ? undefined : { backend: servers[tool], tool }));
    const tools = [...TOOLS, definition('stray')];
    for (const tool of tools)
      expect((await ask(policy, dev, tool)).allow).to.equal(['read_file', 'deploy'].includes(tool.name));
    expect(await names(policy, dev, tools)).to.deep.equal(['read_file', 'deploy']);
  });

  it('denies when a prohibition fails, and says which', async () => {
    const policy = await policyOf(
      'permit (principal, action, resource); @id("limit") forbid (principal, action, resource) when { context.args.amount > 5 };',
    );
    expect(await ask(policy, dev, READ, { amount: 3 })).to.deep.equal({ allow: true });
    const failed = { allow: false, reason: 'the policy limit failed' };
    expect(await ask(policy, dev, READ, { amount: 'much' })).to.deep.equal(failed);
    expect(await ask(policy, dev, READ, {})).to.deep.equal(failed);
  });

  describe('holds arguments as they are documented', () => {
    const held: readonly (readonly [args: JsonObject, condition: string])[] = [
      [{ n: 7 }, 'context.args.n == 7'],
      [{ n: 1.5 }, 'context.args.n == "1.5"'],
      [{ n: 9_007_199_254_740_993n }, 'context.args.n == "9007199254740993"'],
      [{ n: null }, '!(context.args has n)'],
      [{ n: ['a', 1, true] }, 'context.args.n.containsAll(["a", 1, true])'],
      [{ n: { m: { o: 'x' } } }, 'context.args.n.m.o == "x"'],
      [JSON.parse('{"__proto__": {"x": 1}}') as JsonObject, 'context.args["__proto__"].x == 1'],
      [{ n: 'half \ud800 a pair' }, 'context.args.n like "half * a pair"'],
    ];
    for (const [args, condition] of held) {
      it(condition, async () => {
        const policy = await policyOf(`permit (principal, action, resource) when { ${condition} };`);
        expect(await ask(policy, dev, READ, args)).to.deep.equal({ allow: true });
      });
    }

    const refused: readonly (readonly [what: string, args: JsonObject])[] = [
      ['entities in disguise', { n: { __entity: { type: 'Caller', id: 'root' } } }],
      ['functions in disguise', { n: { __extn: { fn: 'ip', arg: '::1' } } }],
      ['unknowns in disguise', { n: [{ __extn: { fn: 'unknown', arg: 'x' } }] }],
      ['depths', JSON.parse(`${'{"a":'.repeat(100)}1${'}'.repeat(100)}`) as JsonObject],
      ['masses', { n: Array.from({ length: 30_000 }, (_, n) => n) }],
      ['lengths', { n: 'x'.repeat(2_000_000) }],
    ];
    for (const [what, args] of refused) {
      it(`refuses ${what}`, async () => {
        const policy = await policyOf(
          'permit (principal, action, resource) when { context.mode == "direct" };',
        );
        expect(await ask(policy, dev, READ, args)).to.deep.equal({
          allow: false,
          reason: 'it holds what Cedar cannot judge',
        });
      });
    }

    it('refuses claims that it cannot hold, and shows nothing', async () => {
      const policy = await policyOf('permit (principal, action, resource);');
      const odd: Caller = { id: 'odd', claims: { x: { __entity: { type: 'Role', id: 'root' } } } };
      expect((await ask(policy, odd, READ)).allow).to.equal(false);
      const codeMode = await createCodeMode({
        runtime: createStarlarkRuntime(),
        dispatcher: answering(TOOLS, () => textResult('')),
        limits: policy,
      });
      expect(await codeMode.listTools(odd)).to.deep.equal([]);
      expect(await codeMode.listTools(dev)).to.have.length(3);
      await codeMode.close();
    });
  });

  it('keeps other tools when one cannot be judged', async () => {
    const annotations = { deep: JSON.parse(`${'['.repeat(100)}${']'.repeat(100)}`) as JsonObject };
    const tools = [READ, definition('odd', { annotations }), definition('half \ud800'), DEPLOY];
    const policy = await policyOf('permit (principal, action, resource) when { resource.name != "" };');
    expect(await names(policy, dev, tools)).to.deep.equal(['read_file', 'half \ud800', 'deploy']);
  });

  it('decides on resources and prompts', async () => {
    const policy = await policyOf();
    const read = (name: string): Decision =>
      policy.authorizeContext!({ caller: dev, kind: 'resource', name }) as Decision;
    expect([read('docs://a').allow, read('etc://a').allow]).to.deep.equal([true, false]);
    expect(
      await policy.authorizeContext!({ caller: dev, kind: 'prompt', name: 'docs', args: { path: '/etc' } }),
    ).to.deep.equal({
      allow: false,
      reason: 'the policy etc',
    });
    const resources = [{ uri: 'docs://a' }, { uri: 'x://a' }];
    expect(await policy.visibleContext!(dev, 'resources', resources)).to.deep.equal([resources[0]]);
    expect(await policy.visibleContext!(dev, 'prompts', [{ name: 'docs' }, { name: 'x' }])).to.deep.equal([
      { name: 'docs' },
    ]);
    expect(
      await policy.visibleContext!(dev, 'resourceTemplates', [{ uriTemplate: 'docs://{x}' }]),
    ).to.have.length(1);
  });

  const SCHEMA = `
    type Annotations = { readOnlyHint?: Bool };
    entity Role;
    entity Caller in [Role] { roles?: Set<String> };
    entity Tool { name: String, annotations: Annotations };
    action "use";
    action "call_tool" in ["use"] appliesTo { principal: [Caller], resource: [Tool], context: { mode: String } };
  `;

  it('knows groups of actions from a schema', async () => {
    const policy = await policyOf('permit (principal, action in Action::"use", resource);', SCHEMA);
    expect(await names(policy, dev)).to.deep.equal(['read_file', 'write_file', 'deploy']);
    expect(await ask(policy, dev, READ)).to.deep.equal({ allow: true });
    expect(await names(policy, dev, [SCRIPT])).to.deep.equal([]);
  });

  const faulty: readonly (readonly [
    what: string,
    text: string,
    schema: string | undefined,
    message: RegExp,
  ])[] = [
    [
      'a text that is none',
      'permit (principal, action, resource);\n  allow all;',
      undefined,
      /test\.cedar, line 2, column 9: .*unexpected token/,
    ],
    [
      'a template',
      'permit (principal == ?principal, action, resource);',
      undefined,
      /test\.cedar: .*template/,
    ],
    [
      'a schema that is none',
      'permit (principal, action, resource);',
      'entity;;',
      /test\.cedarschema, line 1, column \d+: /,
    ],
    [
      'what the schema does not know',
      '\npermit (principal, action, resource) when { principal.age > 5 };',
      SCHEMA,
      /test\.cedar, line 2, column \d+: .*age/,
    ],
  ];
  for (const [what, text, schema, message] of faulty) {
    it(`refuses ${what}, with its place`, async () => {
      const thrown: unknown = await policyOf(text, schema).catch((error: unknown) => error);
      expect(thrown).to.be.instanceOf(ToolscriptError).and.include({ code: 'config/invalid' });
      expect((thrown as Error).message).to.match(message);
      expect((thrown as Error).message).not.to.include('\n');
    });
  }

  describe('as a plugin', () => {
    let folder: string;
    before(async () => (folder = await mkdtemp(join(tmpdir(), 'toolscript-cedar-'))));
    after(() => rm(folder, { recursive: true, force: true }));

    it('reads files of the manifest, and says which it cannot read', async () => {
      await writeFile(join(folder, 'a.cedar'), POLICIES);
      const config = { policies: [], policyFiles: ['a.cedar'] };
      const policy = await plugin.create(config, { folder });
      expect(await ask(policy, dev, READ)).to.deep.equal({ allow: true });
      await policy.close?.();
      await plugin.check!(config, { folder });
      await writeFile(join(folder, 'c.cedar'), 'permit (principal, action;');
      const check = async (): Promise<void> =>
        plugin.check!({ policies: [], policyFiles: ['c.cedar'] }, { folder });
      expect(await check().catch((error: unknown) => error)).to.include({ code: 'config/invalid' });
      const missing = async (): Promise<unknown> =>
        plugin.create({ policies: [], policyFiles: ['b.cedar'] }, { folder });
      const thrown: unknown = await missing().catch((error: unknown) => error);
      expect(thrown).to.include({ code: 'config/invalid', message: 'read b.cedar: it cannot be read' });
      expect((await plugin.config!['~standard'].validate({})).issues).to.have.length(1);
      expect((await plugin.config!['~standard'].validate({ policies: [7], x: 1 })).issues).to.have.length(2);
    });
  });

  describe('before a gateway', () => {
    let codeMode: CodeMode;
    afterEach(() => codeMode.close());

    it('is asked in scripts and outside', async () => {
      const dispatcher = answering([...TOOLS], () => textResult('done'));
      codeMode = await createCodeMode({
        runtime: createStarlarkRuntime(),
        dispatcher,
        limits: await policyOf(),
      });
      const script = 'return [read_file(path="/srv"), attempt(read_file, path="/etc/x").error.code]';
      const outcome = await codeMode.run({ script, caller: dev });
      expect(outcome.ok && outcome.value).to.deep.equal(['done', 'tool/denied']);
      const hidden = await codeMode
        .callTool('write_file', {}, { caller: dev })
        .catch((error: unknown) => error);
      expect(hidden).to.include({ code: 'tool/unknown' });
      expect(await codeMode.scriptTool(ops)).to.equal(undefined);
    });
  });
});
