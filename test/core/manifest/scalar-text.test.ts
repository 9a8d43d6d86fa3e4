import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import { faultText, loadManifest, ManifestError, resolvePlugins } from '../../../core/manifest/index.js';

const env = { PORT: '9090', ON: 'true', OFF: 'false', STEPS: '1e3', WORD: 's3cret', EMPTY: '', HEX: '0x10' };

async function faults(manifest: object): Promise<string[]> {
  try {
    await loadManifest(manifest, { env });
  } catch (error) {
    if (error instanceof ManifestError) return error.faults.map(faultText);
    throw error;
  }
  return [];
}

describe('a variable where a number or a truth value is wanted', () => {
  it('is read as such', async () => {
    const manifest = await loadManifest(
      {
        mcpServers: { a: { url: 'http://x', connectTimeoutMs: '${env:STEPS}' } },
        codeMode: { enabled: '${ON}', limits: { steps: '${NONE:-500}' } },
        http: { port: '${PORT}' },
      },
      { env },
    );
    expect(manifest.http.port).to.equal(9090);
    expect(manifest.codeMode).to.deep.include({ enabled: true, limits: { steps: 500 } });
    expect(manifest.servers.get('a')?.connectTimeoutMs).to.equal(1_000);
  });

  it('stays a text where a text is wanted', async () => {
    const { servers } = await loadManifest(
      { mcpServers: { a: { command: '${PORT}', args: ['${ON}'], env: { P: '${PORT}' } } } },
      { env },
    );
    expect(servers.get('a')).to.deep.include({ command: '9090', args: ['true'], env: { P: '9090' } });
  });

  it('switches servers and plugins off before their variables are looked for', async () => {
    const { servers, plugins } = await loadManifest(
      {
        mcpServers: { a: { command: '${NONE}', disabled: '${ON}' }, b: { command: 'x', disabled: '${OFF}' } },
        plugins: [{ use: './x.js', with: { a: '${NONE}' }, enabled: '${OFF}' }],
      },
      { env },
    );
    expect([...servers.keys()]).to.deep.equal(['b']);
    expect(plugins).to.deep.equal([]);
  });

  it('is a fault when it holds something else, and is not shown', async () => {
    expect(
      await faults({
        http: { port: '${WORD}' },
        codeMode: { enabled: '${PORT}', limits: { steps: '${EMPTY}', parallel: '${HEX}' } },
        mcpServers: { a: { url: 'http://x', disabled: '${WORD}' } },
      }),
    ).to.deep.equal([
      'mcpServers.a.disabled: found a string, wanted true or false',
      'codeMode.enabled: found a string, wanted true or false',
      'codeMode.limits.steps: found an empty string, wanted a number',
      'codeMode.limits.parallel: found a string, wanted a number',
      'http.port: found a string, wanted a number',
    ]);
  });

  it('is read as such in the settings of a plugin, where its schema refuses the text', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'toolscript-scalar-'));
    await writeFile(
      join(folder, 'rates.mjs'),
      `const faults = ({ rates: [first], exact, label }) => [
         ...(typeof first.count === 'number' ? [] : [{ message: 'no number', path: ['rates', { key: 0 }, 'count'] }]),
         ...(typeof exact === 'boolean' ? [] : [{ message: 'no truth', path: ['exact'] }]),
         ...(typeof label === 'string' ? [] : [{ message: 'no text', path: ['label'] }]),
       ];
       export default { name: 'rates', kind: 'sink', create: () => ({ record() {} }),
         config: { '~standard': { version: 1, vendor: 'test', validate(value) {
           const issues = faults(value);
           return issues.length > 0 ? { issues } : { value };
         } } } };`,
    );
    const judged = async (settings: object): Promise<unknown> => {
      const plugins = [{ use: './rates.mjs', with: settings }];
      const [plugin] = await resolvePlugins(await loadManifest({ plugins }, { env, folder }));
      return plugin?.config;
    };
    try {
      expect(
        await judged({ rates: [{ count: '${PORT}' }], exact: '${OFF}', label: '${PORT}' }),
      ).to.deep.equal({
        rates: [{ count: 9090 }],
        exact: false,
        label: '9090',
      });
      const refusal = await judged({ rates: [{ count: '9090' }], exact: '${WORD}', label: 'x' }).catch(
        (error: unknown) => error,
      );
      expect(refusal).to.be.instanceOf(ManifestError);
      expect((refusal as ManifestError).faults.map(faultText)).to.deep.equal([
        'plugins[0].with.rates[0].count: no number',
        'plugins[0].with.exact: no truth',
      ]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it('is a fault when it is out of range, or only a part of the text', async () => {
    expect(await faults({ http: { port: '1${PORT}' } })).to.deep.equal([
      'http.port: found a string, wanted a number',
    ]);
    expect(await faults({ codeMode: { limits: { parallel: '${PORT}000' } } })).to.have.length(1);
    expect(await faults({ http: { port: '${NONE:-99999}' } })).to.deep.equal([
      'http.port: found 99999, wanted at most 65535',
    ]);
  });
});
