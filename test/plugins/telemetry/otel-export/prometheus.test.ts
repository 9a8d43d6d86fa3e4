/** What Prometheus scrapes, read by a parser of its format. */
import { once } from 'node:events';
import { createServer, request, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import {
  ExportError,
  ExportPool,
  startExport,
  type ExportLease,
  type ExportOptions,
} from '../../../../plugins/telemetry/otel-export/index.js';
import { OtlpReceiver } from '../../../support/otlp-receiver.js';
import { Scrape } from '../../../support/prometheus-text.js';

interface Answer {
  readonly status: number;
  readonly type: string | undefined;
  readonly text: string;
}

/** fetch says neither Host nor Origin as one wants. */
async function ask(url: string, headers: Record<string, string> = {}, method = 'GET'): Promise<Answer> {
  const sent = request(url, { headers, method, agent: false }).end();
  const [response] = (await once(sent, 'response')) as [IncomingMessage];
  response.setEncoding('utf8');
  const text = ((await response.toArray()) as string[]).join('');
  return { status: response.statusCode ?? 0, type: response.headers['content-type'], text };
}

const scrape = async (url: string): Promise<Scrape> => new Scrape((await ask(url)).text);

const ANY_PORT: ExportOptions = { prometheus: { port: 0 } };

describe('an endpoint for Prometheus', () => {
  const leases: ExportLease[] = [];
  const lines: string[] = [];
  const lease = async (pool: ExportPool, options: ExportOptions): Promise<ExportLease> => {
    const made = await pool.lease(options);
    leases.push(made);
    return made;
  };
  const count = ({ export: { meterProvider } }: ExportLease, times: number): void =>
    meterProvider
      .getMeter('test')
      .createCounter('things', { description: 'all "things"' })
      .add(times, { kind: 'a\n"b"' });

  afterEach(async () => {
    await Promise.all(leases.splice(0).map((each) => each.release()));
    lines.length = 0;
  });

  it('answers metrics that Prometheus can read, on a free port of this machine', async () => {
    const made = await lease(new ExportPool(), { ...ANY_PORT, serviceName: 'front' });
    count(made, 3);
    made.export.meterProvider.getMeter('test').createHistogram('times', { unit: 's' }).record(0.5);
    const url = made.export.metricsUrl!;
    expect(url).to.match(/^http:\/\/127\.0\.0\.1:\d+\/metrics$/);
    expect(made.export.places).to.deep.equal([`metrics at ${url}`]);
    const { type, text } = await ask(url);
    expect(type).to.equal('text/plain; version=0.0.4; charset=utf-8');
    const read = new Scrape(text);
    expect(read.type('things_total')).to.equal('counter');
    expect(read.series('things_total')[0]).to.deep.include({ value: 3 });
    expect(read.series('things_total')[0]!.labels).to.include({ kind: 'a\n"b"' });
    expect(read.type('times')).to.equal('histogram');
    expect(read.total('times')).to.equal(1);
    expect(read.series('target_info')[0]!.labels).to.include({ service_name: 'front' });
  });

  it('lets nobody in by a foreign name, from a web page, on another path or to do anything', async () => {
    const made = await lease(new ExportPool(), {
      prometheus: { port: 0, path: '/numbers', allowedHosts: ['Metrics.Example'] },
    });
    const url = made.export.metricsUrl!;
    const { port, origin } = new URL(url);
    const asked: readonly [string, Record<string, string>, string?, string?][] = [
      ['200', { host: 'metrics.example' }],
      ['200', { host: `localhost:${port}` }],
      ['200', { host: `10.1.2.3:${port}` }],
      ['200', { host: `[::1]:${port}` }],
      ['200', {}, 'HEAD'],
      ['403', { host: `evil.example:${port}` }],
      ['403', { host: '127.0.0.1.evil.example' }],
      ['403', { host: 'evil@127.0.0.1' }],
      ['403', { origin: 'http://localhost' }],
      ['404', {}, 'GET', `${origin}/metrics`],
      ['404', {}, 'GET', `${origin}/numbers/more`],
      ['405', {}, 'POST'],
    ];
    for (const [status, headers, method, address = url] of asked) {
      const answer = await ask(address, headers, method);
      expect(String(answer.status), JSON.stringify([headers, method])).to.equal(status);
      if (status !== '200') expect(answer.text).to.equal('');
    }
  });

  it('says of a port in use, and of an address that is not ours, which setting is at fault', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const faults: readonly [object, readonly string[], string][] = [
      [{ port }, ['prometheus', 'port'], `found port ${String(port)} of 127.0.0.1 in use, wanted a free one`],
      [
        { port: 0, host: '192.0.2.1' },
        ['prometheus', 'host'],
        'found EADDRNOTAVAIL when listening on 192.0.2.1, wanted an address of this machine',
      ],
    ];
    for (const [prometheus, path, message] of faults) {
      const error: unknown = await startExport({ prometheus }).catch((thrown: unknown) => thrown);
      expect(error).to.be.instanceOf(ExportError);
      expect((error as ExportError).faults).to.deep.equal([{ path, message }]);
    }
    other.close();
  });

  it('is the same for equal options, and counts on when one of its users goes', async () => {
    const started: string[] = [];
    const pool = new ExportPool({ onStart: ({ places }) => started.push(...places) });
    const first = await lease(pool, ANY_PORT);
    count(first, 2);
    const second = await lease(pool, { prometheus: { port: 0 } });
    expect(second.export).to.equal(first.export);
    await first.release();
    await first.release();
    count(second, 3);
    expect((await scrape(second.export.metricsUrl!)).total('things_total')).to.equal(5);
    expect(started).to.have.length(1);
  });

  it('hands its port to the next options when the last user of those before goes, and sends what they had', async () => {
    const receiver = await OtlpReceiver.start();
    const pool = new ExportPool();
    const otlp = { endpoint: receiver.url, intervalMs: 3_600_000, delayMs: 3_600_000 };
    const before = await lease(pool, { ...ANY_PORT, otlp });
    const next = await lease(pool, { ...ANY_PORT, otlp, serviceName: 'renamed' });
    expect(next.export.metricsUrl).to.equal(before.export.metricsUrl);
    count(before, 2);
    count(next, 3);
    const url = next.export.metricsUrl!;
    expect((await scrape(url)).total('things_total')).to.equal(2);
    await before.release();
    expect(receiver.total('things')).to.equal(2);
    const read = await scrape(url);
    expect(read.total('things_total')).to.equal(3);
    expect(read.series('target_info')[0]!.labels).to.include({ service_name: 'renamed' });
    await next.release();
    expect(receiver.total('things')).to.equal(3);
    expect(await ask(url).catch(String)).to.include('ECONNREFUSED');
    await receiver.close();
  });

  it('lets a pool start again what could not be started', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    await once(other, 'listening');
    const { port } = other.address() as AddressInfo;
    const pool = new ExportPool();
    const error: unknown = await pool.lease({ prometheus: { port } }).catch((thrown: unknown) => thrown);
    expect(error).to.be.instanceOf(ExportError);
    await new Promise((resolve) => other.close(resolve));
    const made = await lease(pool, { prometheus: { port } });
    expect((await ask(made.export.metricsUrl!)).status).to.equal(200);
  });
});
