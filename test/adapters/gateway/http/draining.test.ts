import { expect } from 'chai';
import { createGateway, type HttpDoor } from '../../../../adapters/gateway/index.js';
import { RawConnection, rawPost } from '../../../support/raw-connection.js';
import { definition, HoldingDispatcher, textResult, until } from '../../../support/test-tools.js';
import { compose } from '../composed.js';
import { MODERN_META } from '../raw-client.js';

const post = (method: string, headers: Record<string, string>): string => {
  const params = { name: 'a', _meta: MODERN_META };
  return rawPost(JSON.stringify({ jsonrpc: '2.0', id: 1, method, params }), {
    'mcp-protocol-version': '2026-07-28',
    'mcp-method': method,
    ...headers,
  });
};
const CALL = post('tools/call', { 'mcp-name': 'a' });
const LIST = post('tools/list', {});

describe('a door that is drained', () => {
  let backend: HoldingDispatcher;
  let door: HttpDoor;
  let close: () => Promise<void>;

  beforeEach(async () => {
    backend = new HoldingDispatcher([definition('a')]);
    const codeMode = await compose(backend);
    door = await createGateway({ codeMode, scriptTool: false }).serveHttp();
    close = async () => {
      await codeMode.close();
      await door.close();
    };
  });
  afterEach(() => close());

  it('says with the answers to what is under way that their connections end', async () => {
    const connection = await RawConnection.to(door.url);
    connection.send(CALL);
    await until(() => backend.calls.length === 1);
    const drained = door.drain({ withinMs: 20_000, lingerMs: 0 });
    backend.calls[0]!.answer(textResult('done'));
    expect(await connection.closed())
      .to.match(/^connection: close\r$/im)
      .and.to.include('done');
    expect(await drained).to.equal(true);
  });

  it('takes no new connection, but a request on one that was kept', async () => {
    const [kept, held] = [await RawConnection.to(door.url), await RawConnection.to(door.url)];
    await kept.send(LIST).until(/"tools"/);
    held.send(CALL);
    await until(() => backend.calls.length === 1);
    const drained = door.drain({ withinMs: 20_000, lingerMs: 10_000 });
    kept.received = '';
    expect(await kept.send(LIST).closed())
      .to.match(/^HTTP\/1\.1 200 .*^connection: close\r$/ims)
      .and.to.include('"tools"');
    const refused = await RawConnection.to(door.url).then(
      () => 'connected',
      () => 'refused',
    );
    expect(refused).to.equal('refused');
    backend.calls[0]!.answer(textResult('done'));
    expect(await held.closed()).to.include('done');
    expect(await drained).to.equal(true);
  });

  it('refuses what comes after its time, and says when to come again', async () => {
    const [kept, held] = [await RawConnection.to(door.url), await RawConnection.to(door.url)];
    await kept.send(LIST).until(/"tools"/);
    held.send(CALL);
    await until(() => backend.calls.length === 1);
    expect(await door.drain({ withinMs: 20 })).to.equal(false);
    kept.received = '';
    expect(await kept.send(LIST).closed())
      .to.match(/^HTTP\/1\.1 503 .*^retry-after: 1\r$/ims)
      .and.to.match(/^connection: close\r$/im);
    held.destroy();
  });
});
