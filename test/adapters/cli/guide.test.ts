import { expect } from 'chai';

import { withComposition, type ComposeOptions } from '../../../adapters/cli/compose/index.js';
import { loadManifest } from '../../../core/manifest/index.js';

describe('the guide to scripts of a manifest', () => {
  const options: ComposeOptions = { report: () => undefined, servers: 'all' };

  async function prompts(codeMode: object, more: Partial<ComposeOptions> = {}): Promise<unknown[]> {
    const manifest = await loadManifest({ codeMode }, { folder: process.cwd() });
    return withComposition(manifest, { ...options, ...more }, async ({ served }) =>
      (await served.listContext('prompts')).map(({ name }) => name),
    );
  }

  it('is there while code mode is on', async () => {
    expect(await prompts({})).to.deep.equal([]);
    expect(await prompts({ enabled: true })).to.deep.equal(['write_tool_script']);
    expect(await prompts({}, { codeMode: true })).to.deep.equal(['write_tool_script']);
    expect(await prompts({}, { codeMode: true, optimizer: true })).to.deep.equal(['write_tool_script']);
  });

  it('is not there where the manifest says so', async () => {
    expect(await prompts({ enabled: true, guide: false })).to.deep.equal([]);
  });
});
