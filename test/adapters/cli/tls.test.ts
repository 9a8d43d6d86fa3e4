/** TLS as the manifest names it: with real certificates, made for the test, and with broken ones. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { fixture } from '../../support/backends/index.js';
import { follow } from './memory-terminal.js';
import { commandLine, killAll, Running } from './running.js';

const CLIENT = fileURLToPath(new URL('../../support/client-process.mjs', import.meta.url));

describe('TLS', function () {
  this.timeout(180_000);
  let folder: string;

  const openssl = (...args: string[]): string =>
    execFileSync('openssl', args, { cwd: folder, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  const file = (name: string, content: string): void => writeFileSync(join(folder, name), content);

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'toolscript-tls-'));
    const names = 'subjectAltName=DNS:localhost,IP:127.0.0.1';
    const curve = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1'];
    const made = ['-x509', ...curve, '-nodes', '-days', '1', '-subj', '/CN=localhost', '-addext', names];
    openssl('req', ...made, '-keyout', 'key.pem', '-out', 'cert.pem');
    openssl('ecparam', '-name', 'prime256v1', '-genkey', '-noout', '-out', 'other.pem');
    openssl('ec', '-in', 'key.pem', '-aes256', '-passout', 'pass:secret', '-out', 'locked.pem');
    const cert = openssl('x509', '-in', 'cert.pem');
    file('chain.pem', `${cert}${cert.slice(0, 100)}`);
    file('half.pem', cert.slice(0, 100));
    file('words.pem', 'no certificate, and no key');
    file('empty.pem', '');
  });

  afterEach(killAll);
  after(() => rmSync(folder, { recursive: true }));

  function manifest(tls: object): string {
    const mcpServers = { fixture: fixture({ tools: ['echo'] }) };
    file('toolscript.json', JSON.stringify({ mcpServers, http: { port: 0, tls } }));
    return join(folder, 'toolscript.json');
  }

  for (const era of ['2025-11-25', '2026-07-28']) {
    it(`serves a client of ${era} that trusts the certificate, and no other`, async () => {
      const config = manifest({ cert: 'cert.pem', key: 'key.pem' });
      const gateway = new Running(commandLine('serve', '--http', '-c', config), folder);
      const [, url = ''] = await gateway.said(/serving on (https:\S+): /);
      const client = (trusted: object): Running => {
        const args = [CLIENT, JSON.stringify({ url, era, tool: 'echo', arguments: { n: 1 } })];
        const env = { ...(process.env as Record<string, string>), ...trusted };
        return new Running({ command: process.execPath, args, env }, folder);
      };
      const trusting = client({ NODE_EXTRA_CA_CERTS: join(folder, 'cert.pem') });
      expect(await trusting.ended, trusting.notes).to.equal(0);
      expect(trusting.out).to.match(/result .*"n":1/);
      const doubting = client({});
      expect(await doubting.ended).not.to.equal(0);
      expect(doubting.notes).to.match(/self-signed|SELF_SIGNED/);
      const plain: unknown = await fetch(url.replace('https:', 'http:')).catch((error: unknown) => error);
      expect(plain).to.be.instanceOf(Error);
      gateway.child.kill('SIGTERM');
      expect(await gateway.ended, gateway.notes).to.equal(0);
    });
  }

  const NO_KEY =
    'http.tls.key: found no private key that can be read, wanted one in PEM, without a passphrase';
  const NO_CERTIFICATE =
    'http.tls.cert: found no certificate that can be read, wanted a chain in PEM, the own one first';
  const FAULTS: Readonly<Record<string, readonly [cert: string, key: string, ...faults: string[]]>> = {
    'a certificate that is none': ['words.pem', 'key.pem', NO_CERTIFICATE],
    'a certificate that is cut': ['half.pem', 'key.pem', NO_CERTIFICATE],
    'a chain that is cut': [
      'chain.pem',
      'key.pem',
      'http.tls.cert: found a chain that cannot be read to its end, wanted whole certificates in PEM',
    ],
    'a key that is none': ['cert.pem', 'words.pem', NO_KEY],
    'a key that wants a passphrase': ['cert.pem', 'locked.pem', NO_KEY],
    'a key of another certificate': [
      'cert.pem',
      'other.pem',
      'http.tls.key: found the key of another certificate',
    ],
    'a key in the place of the certificate, and the other way round': [
      'key.pem',
      'cert.pem',
      NO_CERTIFICATE,
      NO_KEY,
    ],
    'files that are empty, or not there': [
      'empty.pem',
      'nowhere.pem',
      'http.tls.cert: found a file that is empty or cannot be read',
      'http.tls.key: found a file that is empty or cannot be read',
    ],
  };
  for (const [what, [cert, key, ...faults]] of Object.entries(FAULTS)) {
    it(`is refused with ${what}, by validate and by serve`, async () => {
      const config = manifest({ cert, key });
      for (const args of [
        ['validate', config],
        ['serve', '--http', '--no-watch', '-c', config],
      ]) {
        const { code, notes } = await follow(args);
        expect(code, args[0]).to.equal(2);
        for (const fault of faults) expect(notes).to.include(fault);
      }
    });
  }
});
