import { expect } from 'chai';
import { createGateway, type HttpDoor } from '../../../../adapters/gateway/index.js';
import { noTools } from '../../../../core/index.js';
import { compose } from '../composed.js';

const PAGE = 'https://app.example';

describe('web pages', () => {
  let door: HttpDoor;
  let close: () => Promise<void>;

  before(async () => {
    const codeMode = await compose(noTools);
    door = await createGateway({ codeMode, scriptTool: true }).serveHttp({ allowedOrigins: [PAGE] });
    close = async () => {
      await door.close();
      await codeMode.close();
    };
  });
  after(() => close());

  const ask = (method: string, headers: Record<string, string>): Promise<Response> =>
    fetch(door.url, { method, headers: { 'content-type': 'application/json', ...headers } });

  it('of a listed origin may ask, send what the protocol wants, and read what it answers', async () => {
    const { status, headers } = await ask('OPTIONS', {
      origin: PAGE,
      'access-control-request-method': 'POST',
      'access-control-request-headers': 'mcp-method, mcp-param-Region, x-evil, mcp-param-<',
    });
    expect(status).to.equal(204);
    expect(headers.get('access-control-allow-origin')).to.equal(PAGE);
    expect(headers.get('vary')).to.equal('Origin');
    expect(headers.get('access-control-allow-methods')).to.equal('GET, POST, DELETE');
    expect(headers.get('access-control-allow-headers')!.split(', '))
      .to.include.members(['mcp-session-id', 'mcp-method', 'authorization', 'mcp-param-region'])
      .and.not.include('x-evil');
    expect(headers.get('access-control-allow-credentials')).to.equal(null);
    const answer = await ask('POST', { origin: PAGE });
    expect(answer.headers.get('access-control-allow-origin')).to.equal(PAGE);
    expect(answer.headers.get('access-control-expose-headers')).to.include('mcp-session-id');
  });

  it('of any other origin are refused, and are told nothing', async () => {
    const others = ['https://app.example.evil', 'http://app.example', 'https://app.example:444', 'null', 'x'];
    for (const origin of others) {
      for (const method of ['OPTIONS', 'POST']) {
        const answer = await ask(method, { origin, 'access-control-request-method': 'POST' });
        expect(answer.status, origin).to.equal(403);
        expect(answer.headers.get('access-control-allow-origin')).to.equal(null);
      }
    }
  });

  it('of this machine may come from any port', async () => {
    const answer = await ask('OPTIONS', {
      origin: 'http://localhost:6274',
      'access-control-request-method': 'POST',
    });
    expect(answer.headers.get('access-control-allow-origin')).to.equal('http://localhost:6274');
  });

  it('are not what OPTIONS alone is for', async () => {
    expect((await ask('OPTIONS', {})).status).to.equal(405);
  });
});
