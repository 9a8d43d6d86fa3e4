import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import { readMetrics } from '../../../../adapters/cli/stats/metrics-page.js';
import { follow } from '../memory-terminal.js';

let server: Server;
let answer: RequestListener;
beforeEach(async () => {
  server = createServer((request, response) => {
    answer(request, response);
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

function place(): string {
  return `127.0.0.1:${String((server.address() as AddressInfo).port)}`;
}

function page(text: string): RequestListener {
  return (_request, response) => response.end(text);
}

const PAGE = 'toolscript_script_executions_total{status="success"} 3\n';

describe('toolscript stats', () => {
  it('sums up what a gateway shows', async () => {
    answer = page(PAGE);
    const { code, out, notes } = await follow(['stats', '--url', `http://${place()}/metrics`]);
    expect([code, notes]).to.deep.equal([0, '']);
    expect(out).to.contain('scripts         3 (3 success)\n');
    const json = await follow(['stats', '--json', '--url', `http://${place()}/metrics`]);
    expect(JSON.parse(json.out)).to.deep.include({
      scripts: { total: 3, active: 0, byStatus: { success: 3 }, errorShare: 0 },
      optIn: { requests: 0, scriptRequests: 0, share: null },
    });
  });

  it('says how to switch the metrics on where nobody listens', async () => {
    const nobody = place();
    server.close();
    await once(server, 'close');
    const { code, notes } = await follow(['stats', '--url', `http://${nobody}/metrics`]);
    const advice = 'a gateway shows its metrics where its manifest says {"telemetry": {"prometheus": {}}}';
    expect([code, notes]).to.deep.equal([
      3,
      `error: read metrics of http://${nobody}/metrics: nobody listens there; ${advice}\n`,
    ]);
  });

  const odd: readonly (readonly [string, RequestListener, string])[] = [
    ['a page of something else', page('<!doctype html>\n'), 'found no page of metrics: line 1 is no sample'],
    ['JSON', page('{"status": "ok"}'), 'found no page of metrics: line 1 is no sample of a metric'],
    ['metrics of something else', page('node_load1 0.3\n'), 'found metrics of something else, wanted those'],
    ['nothing', page(''), 'found metrics of something else, wanted those of a gateway'],
    [
      'no such page',
      (_request, response) => response.writeHead(404).end(),
      'found status 404, wanted a page',
    ],
    [
      'a redirection',
      (_request, response) => response.writeHead(302, { Location: 'http://127.0.0.1:1/' }).end(),
      'found status 302, wanted a page of metrics',
    ],
    ['a page without end', endless, 'found more than 16777216 bytes'],
    ['more samples than there can be', page('a 1\n'.repeat(200_001)), 'more than 200000 samples'],
  ];
  for (const [what, listener, message] of odd) {
    it(`refuses ${what}`, async () => {
      answer = listener;
      const { code, out, notes } = await follow(['stats', '--url', `http://${place()}/metrics?key=secret`]);
      expect([code, out]).to.deep.equal([3, '']);
      expect(notes).to.contain(`error: read metrics of http://${place()}/metrics: `).and.contain(message);
      expect(notes).not.to.contain('secret');
    });
  }

  it('does not wait for ever', async () => {
    answer = (_request, response) => response.write(PAGE);
    const failure = await readMetrics(new URL(`http://${place()}/`), { withinMs: 50, bytes: 1_000 }).catch(
      (problem: unknown) => problem,
    );
    expect(String(failure)).to.contain('found no whole page within 50 ms');
  });

  for (const url of ['localhost:9464', 'file:///etc/passwd', 'http://', 'http://ann:word@localhost/']) {
    it(`refuses --url ${url}`, async () => {
      const wanted = 'wanted an address that starts with http:// or https://, without a password';
      expect(await follow(['stats', '--url', url])).to.deep.equal({
        code: 2,
        out: '',
        notes: `error: --url: ${wanted}\n`,
      });
    });
  }

  describe('of a manifest', () => {
    let folder: string;
    before(async () => (folder = await mkdtemp(join(tmpdir(), 'toolscript-stats-'))));
    after(() => rm(folder, { recursive: true, force: true }));

    async function followed(telemetry?: object) {
      const file = join(folder, 'toolscript.json');
      await writeFile(file, JSON.stringify(telemetry === undefined ? {} : { telemetry }));
      return { file, ...(await follow(['stats', '-c', file])) };
    }

    it('reads where it says', async () => {
      answer = (request, response) => response.end(request.url === '/own' ? PAGE : '');
      const { port } = server.address() as AddressInfo;
      for (const host of [undefined, '127.0.0.1', '0.0.0.0']) {
        const { code, out } = await followed({ prometheus: { port, path: '/own', ...(host && { host }) } });
        expect([code, out.split('\n')[1]]).to.deep.equal([0, 'scripts         3 (3 success)']);
      }
    });

    it('says what is missing', async () => {
      const none = await followed();
      expect([none.code, none.notes]).to.deep.equal([
        2,
        `error: ${none.file}: found no telemetry.prometheus, wanted one: {"telemetry": {"prometheus": {}}}\n`,
      ]);
      const free = await followed({ prometheus: { port: 0 } });
      expect([free.code, free.notes]).to.deep.equal([
        2,
        `error: ${free.file}: found the port 0, which is another each time; wanted --url\n`,
      ]);
    });
  });
});

function endless(...[, response]: Parameters<RequestListener>): void {
  const line = `${'x'.repeat(60_000)} 1\n`;
  const more = (): void => {
    if (!response.destroyed) response.write(line, more);
  };
  more();
}
