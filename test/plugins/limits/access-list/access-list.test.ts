import { expect } from 'chai';
import fc from 'fast-check';
import { createCodeMode, ToolscriptError } from '../../../../core/index.js';
import type { Caller, CodeMode, JsonObject, LimitPolicy, ToolDefinition } from '../../../../core/index.js';
import plugin, {
  createAccessList,
  type AccessListOptions,
} from '../../../../plugins/limits/access-list/index.js';
import { createStarlarkRuntime } from '../../../../runtimes/starlark/plug/index.js';
import { createPlanRuntime } from '../../../support/plan-runtime.js';
import { answering, definition, textResult } from '../../../support/test-tools.js';

const READ = definition('read_file', { annotations: { readOnlyHint: true } });
const WRITE = definition('write_file');
const DEPLOY = definition('deploy');
const SCRIPT = definition('execute_tool_script', { annotations: { readOnlyHint: false } });
const TOOLS: readonly ToolDefinition[] = [READ, WRITE, DEPLOY];

const dev: Caller = {
  id: 'alice',
  claims: { roles: ['dev', 'x'], scopes: ['tools'], org: { id: 7, tags: ['a', 'b'] } },
};
const ops: Caller = { id: 'ops-1', claims: { roles: ['ops'] } };
const nobody: Caller = { id: 'anonymous' };
const callers: Readonly<Record<string, Caller>> = { dev, ops, nobody };

type Row = readonly [who: keyof typeof callers, tool: ToolDefinition, args: JsonObject, allowed: boolean];

function allowed(policy: LimitPolicy, caller: Caller, tool: ToolDefinition, args: JsonObject = {}): boolean {
  const decision = policy.authorize!({ caller, tool, args, mode: 'script' });
  if (decision instanceof Promise) throw new Error('not at once');
  return decision.allow;
}

const names = async (policy: LimitPolicy, caller: Caller, tools = TOOLS): Promise<string[]> =>
  (await policy.visibleTools!(caller, tools)).map(({ name }) => name);

describe('an access list', () => {
  const lists: readonly (readonly [what: string, list: AccessListOptions, rows: readonly Row[]])[] = [
    ['denies where nothing is said', {}, [['dev', READ, {}, false]]],
    ['allows where nothing is said, if it is told', { default: 'allow' }, [['nobody', DEPLOY, {}, true]]],
    [
      'knows callers by role',
      { rules: [{ callers: { roles: ['dev'] }, allow: { tools: ['read_*'] } }] },
      [
        ['dev', READ, {}, true],
        ['dev', WRITE, {}, false],
        ['ops', READ, {}, false],
        ['nobody', READ, {}, false],
      ],
    ],
    [
      'knows callers by the pattern of an id',
      { rules: [{ callers: { ids: ['ops-?'] }, allow: { tools: ['*'] } }] },
      [
        ['ops', DEPLOY, {}, true],
        ['dev', DEPLOY, {}, false],
      ],
    ],
    [
      'knows callers by scope and by claims inside claims, all of which must fit',
      {
        rules: [
          {
            callers: { scopes: ['tools'], claims: { 'org.id': [7], 'org.tags': ['b'] } },
            allow: { tools: ['read_file'] },
          },
          { callers: { scopes: ['tools'], claims: { 'org.id': [8] } }, allow: { tools: ['write_file'] } },
        ],
      },
      [
        ['dev', READ, {}, true],
        ['dev', WRITE, {}, false],
        ['ops', READ, {}, false],
      ],
    ],
    [
      'lets a denial win, in whatever order',
      {
        default: 'allow',
        rules: [
          { deny: { tools: ['deploy'] } },
          { callers: { roles: ['ops'] }, allow: { tools: ['deploy'] } },
        ],
      },
      [
        ['ops', DEPLOY, {}, false],
        ['ops', READ, {}, true],
      ],
    ],
    [
      'holds arguments against conditions',
      {
        rules: [
          {
            allow: { tools: ['deploy'] },
            when: [
              { argument: 'env', oneOf: ['staging', 'test', 1, null] },
              { argument: 'target.path', prefix: '/srv/' },
              { argument: 'dry', equals: true },
            ],
          },
        ],
      },
      [
        ['dev', DEPLOY, { env: 'staging', target: { path: '/srv/x' }, dry: true }, true],
        ['dev', DEPLOY, { env: null, target: { path: '/srv/x' }, dry: true }, true],
        ['dev', DEPLOY, { env: 1, 'target.path': '/srv/x', dry: true }, true],
        ['dev', DEPLOY, { env: '1', target: { path: '/srv/x' }, dry: true }, false],
        ['dev', DEPLOY, { env: 'staging', target: { path: '/etc' }, dry: true }, false],
        ['dev', DEPLOY, { env: 'staging', target: ['/srv/x'], dry: true }, false],
        ['dev', DEPLOY, { env: 'staging', target: { path: '/srv/x' }, dry: 'true' }, false],
        ['dev', DEPLOY, {}, false],
        ['dev', DEPLOY, JSON.parse('{"__proto__": {"env": "staging"}}') as JsonObject, false],
      ],
    ],
    [
      'denies by arguments too',
      {
        default: 'allow',
        rules: [{ deny: { tools: ['deploy'] }, when: [{ argument: 'env', equals: 'prod' }] }],
      },
      [
        ['dev', DEPLOY, { env: 'prod' }, false],
        ['dev', DEPLOY, { env: 'test' }, true],
        ['dev', DEPLOY, {}, true],
      ],
    ],
    [
      'keeps to tools that only read',
      { default: 'allow', readOnly: true, rules: [{ allow: { tools: ['write_file'] } }] },
      [
        ['dev', READ, {}, true],
        ['dev', WRITE, {}, false],
        ['dev', SCRIPT, {}, true],
      ],
    ],
    [
      'has code mode apart from tools',
      {
        rules: [{ allow: { tools: ['*'] } }, { callers: { roles: ['ops'] }, allow: { codeMode: true } }],
      },
      [
        ['dev', SCRIPT, {}, false],
        ['ops', SCRIPT, {}, true],
        ['dev', READ, {}, true],
      ],
    ],
  ];
  for (const [what, list, rows] of lists) {
    it(what, async () => {
      const policy = await createAccessList(list);
      for (const [who, tool, args, expected] of rows) {
        const line = `${who} ${tool.name} ${JSON.stringify(args)}`;
        expect(allowed(policy, callers[who]!, tool, args), line).to.equal(expected);
      }
    });
  }

  it('knows tools by their servers', async () => {
    const policy = await createAccessList({
      rules: [
        { allow: { servers: ['git*'] } },
        { allow: { servers: ['files'], tools: ['read_*'] } },
        { deny: { servers: ['github'], tools: ['deploy'] } },
      ],
    });
    const servers: Record<string, string> = {
      read_file: 'files',
      write_file: 'files',
      deploy: 'github',
      commit: 'git',
    };
    policy.learn!((tool) => (servers[tool] === undefined ? undefined : { backend: servers[tool], tool }));
    const tools = [...TOOLS, definition('commit'), definition('stray')];
    expect(await names(policy, dev, tools)).to.deep.equal(['read_file', 'commit']);
  });

  describe('of languages', () => {
    const here = ['starlark', 'javascript', 'python'];
    const languages: readonly (readonly [
      what: string,
      list: AccessListOptions,
      expected: Readonly<Record<keyof typeof callers, readonly string[] | undefined>>,
    ])[] = [
      [
        'adds up what rules allow, in the order that there is',
        {
          rules: [
            { callers: { roles: ['dev', 'ops'] }, allow: { languages: ['s*'] } },
            { callers: { roles: ['ops'] }, allow: { languages: ['python'] } },
            { callers: { roles: ['ops'] }, deny: { languages: ['javascript'] } },
          ],
        },
        { dev: ['starlark'], ops: ['starlark', 'python'], nobody: undefined },
      ],
      [
        'lets code mode alone mean all, and a denial win',
        {
          rules: [
            { allow: { codeMode: true } },
            { callers: { roles: ['dev'] }, allow: { languages: ['python'] } },
            { callers: { roles: ['ops'] }, deny: { languages: ['starlark', 'python'] } },
          ],
        },
        { dev: here, ops: ['javascript'], nobody: here },
      ],
      [
        'takes languages away from what is open',
        {
          default: 'allow',
          rules: [{ callers: { roles: ['dev'] }, deny: { codeMode: true, languages: ['*t'] } }],
        },
        { dev: ['starlark', 'python'], ops: here, nobody: here },
      ],
    ];
    for (const [what, list, expected] of languages) {
      it(what, async () => {
        const policy = await createAccessList(list);
        for (const [who, caller] of Object.entries(callers)) {
          expect(allowed(policy, caller, SCRIPT), who).to.equal(expected[who] !== undefined);
          if (expected[who] !== undefined)
            expect(await policy.languagesFor!(caller, here), who).to.deep.equal(expected[who]);
        }
      });
    }
  });

  it('tells sinks which rule it was', async () => {
    const rules = [{ name: 'freeze', deny: { tools: ['deploy'] } }, { deny: { tools: ['write_*'] } }];
    const policy = await createAccessList({ rules });
    const reason = async (tool: ToolDefinition): Promise<unknown> =>
      policy.authorize!({ caller: dev, tool, args: {}, mode: 'direct' });
    expect(await reason(DEPLOY)).to.deep.equal({ allow: false, reason: 'freeze' });
    expect(await reason(WRITE)).to.deep.equal({ allow: false, reason: 'rules[1]' });
    expect(await reason(READ)).to.deep.equal({ allow: false, reason: 'no rule allows it' });
  });

  it('shows what could be allowed with some arguments, and nothing that could not', async () => {
    const when = [{ argument: 'env', equals: 'test' }];
    const policy = await createAccessList({
      rules: [
        { allow: { tools: ['deploy'] }, when },
        { allow: { tools: ['read_*', 'write_*'] } },
        { deny: { tools: ['write_*'] } },
      ],
    });
    expect(await names(policy, nobody)).to.deep.equal(['read_file', 'deploy']);
    const open = await createAccessList({ default: 'allow', rules: [{ deny: { tools: ['deploy'] }, when }] });
    expect(await names(open, nobody)).to.deep.equal(['read_file', 'write_file', 'deploy']);
  });

  it('answers the same list for the same one, to all for whom the same rules are', async () => {
    const policy = await createAccessList({
      rules: [{ allow: { tools: ['read_*'] } }, { callers: { roles: ['ops'] }, allow: { tools: ['*'] } }],
    });
    const seen = policy.visibleTools!(dev, TOOLS);
    expect(policy.visibleTools!({ id: 'bob', claims: { roles: ['dev'], jti: '2' } }, TOOLS)).to.equal(seen);
    expect(policy.visibleTools!(ops, TOOLS)).to.equal(TOOLS);
    expect(policy.visibleTools!(dev, [...TOOLS])).not.to.equal(seen);
  });

  it('shows exactly the tools of which some call is allowed', async () => {
    const name = fc.constantFrom('read_file', 'write_file', 'deploy', '*_file', '*', 'none');
    const rule = fc.tuple(fc.constantFrom('allow', 'deny'), fc.array(name, { minLength: 1 }), fc.boolean());
    await fc.assert(
      fc.asyncProperty(
        fc.array(rule),
        fc.constantFrom<'allow' | 'deny'>('allow', 'deny'),
        async (drawn, other) => {
          const when = [{ argument: 'x', equals: 1 }];
          const rules = drawn.map(([what, tools, some]) => ({ [what]: { tools }, ...(some && { when }) }));
          const policy = await createAccessList({ default: other, rules });
          const visible = await names(policy, dev);
          for (const tool of TOOLS) {
            const some = allowed(policy, dev, tool, { x: 1 }) || allowed(policy, dev, tool, { x: 2 });
            if (some) expect(visible).to.include(tool.name);
            if (!visible.includes(tool.name)) expect(some).to.equal(false);
          }
        },
      ),
    );
  });

  describe('over resources and prompts', () => {
    const list: AccessListOptions = {
      rules: [
        { allow: { resources: ['file:///docs/*', 'note://{name}'], prompts: ['review_*'] } },
        { deny: { resources: ['file:///docs/secret/*'] } },
      ],
    };
    const uris: readonly (readonly [uri: string, allowed: boolean])[] = [
      ['file:///docs/a', true],
      ['file:///docs/a%20b', true],
      ['file:///etc/passwd', false],
      ['file:///docs/secret/x', false],
      ['file:///docs/../etc/passwd', false],
      ['file:///docs/%2e%2e/etc/passwd', false],
      ['file:///docs/..%2f..%2fetc/passwd', false],
      ['file:///docs/%252e%252e/%252e%252e/etc/passwd', false],
      ['file:///docs/x/../secret/y', false],
      ['file:///docs/s%65cret/x', false],
      ['FILE:///docs/a', false],
      ['file:///docs/%', true],
      ['note://{name}', true],
    ];
    for (const [name, expected] of uris) {
      it(`${expected ? 'allows' : 'denies'} ${name}`, async () => {
        const policy = await createAccessList(list);
        const decision = await policy.authorizeContext!({ caller: dev, kind: 'resource', name });
        expect(decision.allow).to.equal(expected);
        const shown = await policy.visibleContext!(dev, 'resources', [{ uri: name }]);
        expect(shown).to.have.length(expected ? 1 : 0);
      });
    }

    it('knows templates and prompts', async () => {
      const policy = await createAccessList(list);
      const templates = [
        { uriTemplate: 'note://{name}' },
        { uriTemplate: 'file:///{path}' },
        { uriTemplate: 7 },
      ];
      expect(await policy.visibleContext!(dev, 'resourceTemplates', templates)).to.deep.equal([templates[0]]);
      const prompts = [{ name: 'review_code' }, { name: 'other' }];
      const seen = await policy.visibleContext!(dev, 'prompts', prompts);
      expect(seen).to.deep.equal([prompts[0]]);
      expect(await policy.visibleContext!(ops, 'prompts', prompts)).to.equal(seen);
    });
  });

  it('tells every fault at once, and shows no text of the list', async () => {
    const list = {
      defalt: 'allow',
      readOnly: 'yes',
      rules: [
        { allow: { tools: [] }, deny: { tools: ['secret-tool'] } },
        { allow: {} },
        { allow: { tools: [7] }, when: [{ argument: 'x', equals: 1, prefix: 'y' }] },
        {
          callers: { claims: { 'client.name': ['x'] } },
          allow: { codeMode: true },
          when: [{ argument: 'x', equals: 1 }],
        },
        { allow: { console: true } },
      ],
    };
    const { issues = [] } = await plugin.config!['~standard'].validate(list);
    expect(issues.map(({ path = [], message }) => `${path.map(String).join('.')}: ${message}`)).to.deep.equal(
      [
        'readOnly: wanted true or false',
        'rules.0.allow.tools: wanted at least 1',
        'rules.0: wanted one of allow and deny',
        'rules.1.allow: wanted tools, servers, codeMode, languages, resources, prompts or console',
        'rules.2.allow.tools.0: wanted a text',
        'rules.2.when.0: wanted one of equals, oneOf and prefix',
        'rules.3.callers.claims.client.name: wanted a claim of the token: client is what a client says of itself',
        'rules.4.allow.console: wanted it in deny: the console shows scripts unless a rule denies it',
        ': found "defalt", which nobody knows here',
      ],
    );
    const thrown: unknown = await createAccessList(list as never).catch((error: unknown) => error);
    expect(thrown).to.be.instanceOf(ToolscriptError).and.include({ code: 'config/invalid' });
    expect(String(thrown)).not.to.include('secret-tool');
  });

  it('shows scripts in the console unless a rule for the caller denies it', async () => {
    const policy = await createAccessList({
      rules: [
        { callers: { roles: ['hr'] }, deny: { console: true } },
        { allow: { tools: ['*'], codeMode: true } },
      ],
    });
    expect(policy.showsScripts?.({ id: 'a', claims: { roles: ['hr', 'dev'] } })).to.equal(false);
    expect(policy.showsScripts?.({ id: 'b', claims: { roles: ['dev'] } })).to.equal(true);
  });

  describe('before a gateway', () => {
    let codeMode: CodeMode;
    afterEach(() => codeMode.close());

    it('offers each caller the languages that are allowed, and no tool where none is left', async () => {
      const limits = await createAccessList({
        rules: [
          { callers: { roles: ['dev'] }, allow: { languages: ['plan'] } },
          { callers: { roles: ['ops'] }, allow: { languages: ['python'] } },
        ],
      });
      const runtime = [createStarlarkRuntime(), createPlanRuntime()];
      codeMode = await createCodeMode({ runtime, limits });
      const { inputSchema } = (await codeMode.scriptTool(dev))!;
      expect(inputSchema).to.have.nested.property('properties.language.enum').that.deep.equals(['plan']);
      expect(JSON.stringify(await codeMode.scriptTool(dev))).not.to.contain('starlark');
      expect(await codeMode.scriptTool(ops)).to.equal(undefined);
      expect(await codeMode.scriptTool(nobody)).to.equal(undefined);
      const code = async (caller: Caller, language?: string): Promise<string> => {
        const outcome = await codeMode.run({ script: '{"value": 1}', caller, ...(language && { language }) });
        return outcome.ok ? 'ok' : outcome.error.code;
      };
      expect([await code(dev), await code(dev, 'plan')]).to.deep.equal(['ok', 'ok']);
      expect([await code(dev, 'starlark'), await code(ops)]).to.deep.equal([
        'tool/arguments',
        'limit/refused',
      ]);
      expect(await code(nobody)).to.equal('tool/unknown');
    });

    it('leaves none of a single language that is not allowed', async () => {
      const limits = await createAccessList({ rules: [{ allow: { languages: ['python'] } }] });
      codeMode = await createCodeMode({ runtime: createStarlarkRuntime(), limits });
      expect(await codeMode.scriptTool(dev)).to.equal(undefined);
      const outcome = await codeMode.run({ script: 'return 1', caller: dev });
      expect(outcome).to.have.nested.property('error.code', 'limit/refused');
    });

    it('is the same in scripts and outside, and what is hidden is not there', async () => {
      const dispatcher = answering([...TOOLS], () => textResult('done'));
      const limits = await createAccessList({
        rules: [
          { callers: { roles: ['dev'] }, allow: { tools: ['read_file', 'deploy'], codeMode: true } },
          {
            callers: { roles: ['dev'] },
            deny: { tools: ['deploy'] },
            when: [{ argument: 'env', equals: 'prod' }],
          },
        ],
      });
      codeMode = await createCodeMode({ runtime: createStarlarkRuntime(), dispatcher, limits });
      const code = async (tool: string, args: JsonObject = {}): Promise<string> =>
        codeMode.callTool(tool, args, { caller: dev }).then(
          () => 'ok',
          (error: unknown) => (error instanceof ToolscriptError ? error.code : 'none'),
        );
      const inScript = async (call: string): Promise<string> => {
        const outcome = await codeMode.run({ script: `return attempt(lambda: ${call})`, caller: dev });
        if (!outcome.ok) return outcome.error.code;
        const { ok, error } = outcome.value as { ok: boolean; error: { code: string } | null };
        return ok ? 'ok' : error!.code;
      };
      expect([await code('read_file'), await inScript('read_file()')]).to.deep.equal(['ok', 'ok']);
      expect([await code('deploy', { env: 'prod' }), await inScript('deploy(env="prod")')]).to.deep.equal([
        'tool/denied',
        'tool/denied',
      ]);
      expect([await code('write_file'), await code('write_nothing')]).to.deep.equal([
        'tool/unknown',
        'tool/unknown',
      ]);
      expect(await inScript('call_tool("write_" + "file")')).to.equal('tool/unknown');
      const hidden = await codeMode.run({ script: 'write_file()', caller: dev });
      const absent = await codeMode.run({ script: 'wrote_file()', caller: dev });
      if (hidden.ok || absent.ok) throw new Error('ran');
      expect(hidden.error.code).to.equal(absent.error.code);
      expect(JSON.stringify(absent.error)).not.to.include('write_file');
      expect(await codeMode.scriptTool(ops)).to.equal(undefined);
      expect(await codeMode.listTools(ops)).to.deep.equal([]);
      expect(dispatcher.calls.map(({ tool }) => tool)).to.deep.equal(['read_file', 'read_file']);
    });
  });
});
