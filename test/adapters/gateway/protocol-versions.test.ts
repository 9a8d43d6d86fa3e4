/** Which revision a client and the gateway come to speak. */
import { PassThrough } from 'node:stream';
import { createInterface } from 'node:readline';
import { expect } from 'chai';
import { noTools, type CodeMode } from '../../../core/index.js';
import { createGateway, type HttpDoor } from '../../../adapters/gateway/index.js';
import { compose } from './composed.js';
import { MODERN_META, type Message } from './raw-client.js';

const VERSION = 'io.modelcontextprotocol/protocolVersion';
const clientInfo = { name: 'by hand', version: '1' };
const introduction = (protocolVersion: string): object => ({ protocolVersion, capabilities: {}, clientInfo });

type Ask = (method: string, params: object) => Promise<Message>;

describe('the revision that is spoken', () => {
  let codeMode: CodeMode;
  let door: HttpDoor;
  const doors: { close(): Promise<void> }[] = [];

  beforeEach(async () => {
    codeMode = await compose(noTools);
    door = await createGateway({ codeMode, scriptTool: true }).serveHttp();
    doors.push(door);
  });

  afterEach(async () => {
    await Promise.all(doors.splice(0).map((each) => each.close()));
    await codeMode.close();
  });

  /** A client over stdio that has said nothing yet. */
  function overStdio(): Ask {
    const [input, output] = [new PassThrough(), new PassThrough()];
    doors.push(createGateway({ codeMode, scriptTool: true }).serveStdio({ input, output }));
    const waiting = new Map<unknown, (message: Message) => void>();
    createInterface(output).on('line', (line) => {
      const message = JSON.parse(line) as Message;
      waiting.get(message.id)?.(message);
    });
    let id = 0;
    return (method, params) => {
      id += 1;
      const answered = new Promise<Message>((resolve) => waiting.set(id, resolve));
      input.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
      return answered;
    };
  }

  const overHttp = (): Ask => async (method, params) => {
    const headers = { 'content-type': 'application/json', accept: 'application/json, text/event-stream' };
    const body = JSON.stringify({ jsonrpc: '2.0', id: 1, method, params });
    const text = await (await fetch(door.url, { method: 'POST', headers, body })).text();
    return JSON.parse(/^data: (.+)$/m.exec(text)?.[1] ?? text) as Message;
  };

  const WAYS: Readonly<Record<string, () => Ask>> = { stdio: overStdio, HTTP: overHttp };
  for (const [way, open] of Object.entries(WAYS)) {
    it(`is the one that the client wants, where it is served: ${way}`, async () => {
      for (const version of ['2025-11-25', '2025-06-18', '2025-03-26', '2024-11-05']) {
        const { result } = await open()('initialize', introduction(version));
        expect(result?.['protocolVersion']).to.equal(version);
      }
    });

    it(`is the newest with sessions, where the client introduces itself with another: ${way}`, async () => {
      for (const version of ['1999-01-01', '2099-01-01', '2026-07-28']) {
        const { result } = await open()('initialize', introduction(version));
        expect(result?.['protocolVersion'], version).to.equal('2025-11-25');
        expect(result?.['serverInfo']).to.deep.equal({ name: 'toolscript', version: '0.1.0' });
        expect(result?.['capabilities']).to.deep.equal({
          tools: { listChanged: true },
          resources: { subscribe: true, listChanged: true },
          prompts: { listChanged: true },
          completions: {},
          logging: {},
        });
      }
    });
  }

  it('is that of each request, where a client over stdio never introduces itself', async () => {
    const ask = overStdio();
    const discovered = await ask('server/discover', { _meta: MODERN_META });
    expect(discovered.result?.['supportedVersions']).to.deep.equal(['2026-07-28']);
    for (let time = 0; time < 2; time += 1) {
      const listed = await ask('tools/list', { _meta: MODERN_META });
      expect(listed.result).to.include({ resultType: 'complete', cacheScope: 'private' });
      const refused = await ask('tools/list', { _meta: { ...MODERN_META, [VERSION]: '2099-01-01' } });
      expect(refused.error?.code).to.equal(-32_022);
      expect(refused.error?.data).to.deep.equal({ supported: ['2026-07-28'], requested: '2099-01-01' });
    }
    expect((await ask('tools/list', {})).error?.code).to.equal(-32_602);
    expect((await ask('ping', { _meta: MODERN_META })).error?.code).to.equal(-32_601);
    const introduced = await ask('initialize', introduction('2025-11-25'));
    expect(introduced.error?.data).to.deep.equal({ supported: ['2026-07-28'], requested: '2025-11-25' });
  });
});
