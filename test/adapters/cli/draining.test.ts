/** A proxy that keeps its connections to a gateway, as a process, that is told to end: no request is lost. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import { puppetHttp, type PuppetHttp } from '../../support/backends/puppet-http.js';
import { RawConnection, rawPost } from '../../support/raw-connection.js';
import { MODERN_META } from '../gateway/raw-client.js';
import { commandLine, killAll, Running } from './running.js';

const KEPT = 6;
const CALLS_BEFORE = 20;
const CALL = rawPost(
  JSON.stringify({
    jsonrpc: '2.0',
    id: 1,
    method: 'tools/call',
    params: { name: 'echo', arguments: {}, _meta: MODERN_META },
  }),
  { 'mcp-protocol-version': '2026-07-28', 'mcp-method': 'tools/call', 'mcp-name': 'echo' },
);
/** The last that an answer brings. */
const WHOLE = /"id":1,"result":.*\}\}\}$/s;
const LAST = /^connection: close\r$/im;

/** One of the proxy's connections. */
class Kept {
  readonly answers: string[] = [];
  readonly #connection: RawConnection;

  constructor(connection: RawConnection) {
    this.#connection = connection;
  }

  /** Rejects when the connection is closed before all of the answer has come. */
  async call(): Promise<string> {
    this.#connection.received = '';
    const answer = await this.#connection.send(CALL).until(WHOLE);
    this.answers.push(answer);
    return answer;
  }

  /** One call after another, until an answer says that it is the last. */
  async callOn(): Promise<void> {
    while (!LAST.test(await this.call()));
  }
}

describe('a gateway that is told to end, behind a proxy that keeps connections', function () {
  this.timeout(60_000);
  let folder: string;
  let server: PuppetHttp;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'toolscript-draining-'));
    server = await puppetHttp('2025-11-25');
  });
  afterEach(async () => {
    killAll();
    await server.close();
    await rm(folder, { recursive: true, force: true });
  });

  it('answers every request that comes, each with the word that its connection ends', async () => {
    const config = join(folder, 'toolscript.json');
    await writeFile(config, JSON.stringify({ mcpServers: { web: { url: server.url } }, http: { port: 0 } }));
    const gateway = new Running(commandLine('serve', '--http', '-c', config), folder);
    const [, url = ''] = await gateway.said(/serving on (\S+): /);
    const connections = await Promise.all(Array.from({ length: KEPT + 1 }, () => RawConnection.to(url)));
    const [idle, ...busy] = connections.map((connection) => new Kept(connection));
    await idle!.call();
    for (let call = 0; call < CALLS_BEFORE; call += 1) await Promise.all(busy.map((each) => each.call()));
    const calling = busy.map((each) => each.callOn());
    gateway.child.kill('SIGTERM');
    await Promise.race(calling);
    expect(await idle!.call()).to.match(LAST);
    await Promise.all(calling);
    expect(await gateway.ended).to.equal(0);
    for (const { answers } of [idle!, ...busy]) {
      for (const answer of answers) expect(answer).to.match(/^HTTP\/1\.1 200 /);
      expect(answers.filter((answer) => LAST.test(answer))).to.have.length(1);
    }
  });
});
