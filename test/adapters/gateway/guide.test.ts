import { expect } from 'chai';
import { createGateway, type HttpDoor } from '../../../adapters/gateway/index.js';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { createCodeMode, type CodeMode, type LimitPolicy } from '../../../core/index.js';
import { createStarlarkRuntime } from '../../../runtimes/starlark/plug/index.js';
import { createPlanRuntime } from '../../support/plan-runtime.js';
import { AnySource } from './any-source.js';
import { rawHttp, rawStdio, type Message, type RawClient } from './raw-client.js';

type Listed = { name: string; uri?: string }[];

describe('the guide to scripts', () => {
  let source: AnySource;
  let codeMode: CodeMode;
  let gateway: ReturnType<typeof createGateway>;
  let door: HttpDoor | undefined;
  const clients: RawClient[] = [];

  async function serve(policy: LimitPolicy = {}, guide = true): Promise<void> {
    codeMode = await createCodeMode({
      runtime: [createStarlarkRuntime(), createPlanRuntime()],
      dispatcher: source.dispatcher,
      limits: policy,
      guide,
    });
    gateway = createGateway({ codeMode, scriptTool: true });
    door = await gateway.serveHttp();
  }

  async function connected(era: 'legacy' | 'modern', over: 'http' | 'stdio' = 'http'): Promise<RawClient> {
    const client = await (over === 'http' ? rawHttp(door!.url, era) : rawStdio(gateway, era));
    clients.push(client);
    return client;
  }

  const listed = ({ result }: Message, field: string): Listed => result?.[field] as Listed;
  const textOf = ({ result }: Message): string =>
    (result as { messages: { content: { text: string } }[] }).messages[0]!.content.text;

  beforeEach(() => {
    source = new AnySource();
    source.lists.prompts = [{ name: 'greet' }];
    source.lists.tools = [{ name: 'send-mail', inputSchema: { type: 'object' } }];
  });
  afterEach(async () => {
    for (const client of clients.splice(0)) await client.close();
    await door?.close();
    await codeMode.close();
  });

  for (const era of ['legacy', 'modern'] as const) {
    for (const over of ['http', 'stdio'] as const) {
      it(`stands behind what the servers have: ${era}, ${over}`, async () => {
        await serve();
        const client = await connected(era, over);
        const prompts = listed(await client.ask('prompts/list'), 'prompts');
        expect(prompts.map(({ name }) => name)).to.deep.equal(['greet', 'write_tool_script']);
        const resources = listed(await client.ask('resources/list'), 'resources');
        expect(resources.map(({ uri }) => uri)).to.deep.equal([
          'toolscript://guide/starlark',
          'toolscript://guide/plan',
        ]);

        const asked = { name: 'write_tool_script', arguments: { task: 'count the mails' } };
        const text = textOf(await client.ask('prompts/get', asked));
        expect(text).to.contain('count the mails').and.to.contain('send_mail(');
        expect(text).to.contain('The script is Starlark').and.to.contain('```starlark\n');
        expect(textOf(await client.ask('prompts/get', { name: 'write_tool_script' }))).to.contain(
          'for the task at hand',
        );

        const { result } = await client.ask('resources/read', { uri: 'toolscript://guide/starlark' });
        const [page] = result?.['contents'] as { uri: string; mimeType: string; text: string }[];
        expect(page).to.include({ uri: 'toolscript://guide/starlark', mimeType: 'text/markdown' });
        expect(page!.text).to.match(/^# Scripts for execute_tool_script\n/);
        const reference = { ref: { type: 'ref/prompt', name: 'write_tool_script' } };
        const completed = await client.ask('completion/complete', {
          ...reference,
          argument: { name: 'task', value: 'c' },
        });
        expect(completed.result).to.deep.include({ completion: { values: [], total: 0, hasMore: false } });
        expect(source.asked).to.deep.equal([]);
      });
    }
  }

  it('reads for a client of the SDK, whose schemas check it', async () => {
    await serve();
    const client = new Client({ name: 'reader', version: '1' });
    await client.connect(new StreamableHTTPClientTransport(new URL(door!.url)));
    const { prompts } = await client.listPrompts();
    expect(prompts.at(-1)).to.deep.include({
      name: 'write_tool_script',
      arguments: [{ name: 'task', description: 'What the script is to do.', required: false }],
    });
    const { messages } = await client.getPrompt({ name: 'write_tool_script', arguments: { task: 'x' } });
    expect(messages[0]).to.have.nested.property('content.type', 'text');
    const { contents } = await client.readResource({ uri: 'toolscript://guide/starlark' });
    expect(contents).to.have.length(1);
    await client.close();
  });

  it('never takes the name of what a server has', async () => {
    source.lists.prompts = ['write_tool_script', 'write_tool_script_2'].map((name) => ({ name }));
    source.lists.resources = [{ uri: 'toolscript://guide/starlark', name: 'theirs' }];
    source.request = ({ params }) => Promise.resolve({ messages: [], contents: [], theirs: params });
    await serve();
    const client = await connected('legacy');
    const prompts = listed(await client.ask('prompts/list'), 'prompts');
    expect(prompts.map(({ name }) => name).at(-1)).to.equal('write_tool_script_3');
    const theirs = await client.ask('prompts/get', { name: 'write_tool_script' });
    expect(theirs.result).to.have.property('theirs');
    expect(textOf(await client.ask('prompts/get', { name: 'write_tool_script_3' }))).to.contain('send_mail');
    const read = (uri: string): Promise<Message> => client.ask('resources/read', { uri });
    expect((await read('toolscript://guide/starlark')).result).to.have.property('theirs');
    expect((await read('toolscript://guide/starlark_2')).result).to.have.nested.property('contents[0].text');
    source.request = () => Promise.reject(new Error('not there'));
    expect((await read('toolscript://guide/basic')).error).to.be.an('object');
  });

  for (const [who, policy] of [
    ['may write in no language', { languagesFor: () => [] }],
    [
      'is to see no such tool',
      { visibleTools: (_caller, tools) => tools.filter(({ name }) => name === 'x') },
    ],
    ['is to see no context', { visibleContext: () => [] }],
  ] as readonly (readonly [string, LimitPolicy])[]) {
    it(`is not there for a caller who ${who}`, async () => {
      source.lists.prompts = [];
      await serve(policy);
      const client = await connected('legacy');
      expect(listed(await client.ask('prompts/list'), 'prompts')).to.deep.equal([]);
      expect(listed(await client.ask('resources/list'), 'resources')).to.deep.equal([]);
      const asked = await client.ask('prompts/get', { name: 'write_tool_script' });
      expect(asked.error?.code).to.be.a('number');
      const read = await client.ask('resources/read', { uri: 'toolscript://guide/starlark' });
      expect(read.error?.code).to.be.a('number');
    });
  }

  it('is judged as any prompt, and of the languages of its caller', async () => {
    await serve({
      authorizeContext: ({ kind }) => ({ allow: kind === 'resource' }),
      languagesFor: () => ['plan'],
    });
    const client = await connected('modern');
    const resources = listed(await client.ask('resources/list'), 'resources');
    expect(resources.map(({ uri }) => uri)).to.deep.equal(['toolscript://guide/plan']);
    expect((await client.ask('prompts/get', { name: 'write_tool_script' })).error).to.be.an('object');
    expect((await client.ask('resources/read', { uri: 'toolscript://guide/starlark' })).error).to.be.an(
      'object',
    );
  });

  it('refuses a task that is no text, or too long', async () => {
    await serve();
    const client = await connected('legacy');
    for (const task of [7, 'x'.repeat(10_001)]) {
      const { error } = await client.ask('prompts/get', { name: 'write_tool_script', arguments: { task } });
      expect(error).to.deep.include({ code: -32_602 });
    }
  });

  it('lists the very same arrays until something changes', async () => {
    await serve();
    const lists = async () => [
      await codeMode.listContext('prompts'),
      await codeMode.listContext('resources'),
    ];
    const [before, now] = [await lists(), await lists()];
    expect(now[0]).to.equal(before[0]);
    expect(now[1]).to.equal(before[1]);
    source.lists.prompts = [{ name: 'other' }];
    expect((await codeMode.listContext('prompts')).map((prompt) => prompt['name'])).to.deep.equal([
      'other',
      'write_tool_script',
    ]);
  });

  it('is not there where nobody asked for it', async () => {
    await serve({}, false);
    expect(await codeMode.listContext('prompts')).to.deep.equal([{ name: 'greet' }]);
    expect(await codeMode.listContext('resources')).to.deep.equal([]);
  });
});
