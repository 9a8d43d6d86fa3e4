import { expect } from 'chai';

import { faultText, loadManifest, ManifestError } from '../../../core/manifest/index.js';

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
