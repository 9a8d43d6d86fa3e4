import { expect } from 'chai';
import { loadManifest } from '../../../core/manifest/index.js';

describe('clients in the manifest', () => {
  it('get lists in one piece and two minutes for an answer when nothing is said', async () => {
    const { clients } = await loadManifest({});
    expect(clients).to.deep.equal({ pageSize: 0, questionWaitMs: 120_000 });
  });

  it('get what is said, with the key from a variable', async () => {
    const stateKey = 'k'.repeat(32);
    const written = { clients: { pageSize: 50, questionWaitMs: 600_000, stateKey: '${STATE_KEY}' } };
    const { clients } = await loadManifest(written, { env: { STATE_KEY: stateKey } });
    expect(clients).to.deep.equal({ pageSize: 50, questionWaitMs: 600_000, stateKey });
  });

  const refused: readonly [string, object][] = [
    ['clients.pageSize', { pageSize: -1 }],
    ['clients.pageSize', { pageSize: 10_001 }],
    ['clients.questionWaitMs', { questionWaitMs: 0 }],
    ['clients.stateKey', { stateKey: 'short and secret' }],
  ];
  for (const [path, clients] of refused) {
    it(`refuses ${JSON.stringify(clients)}, without saying the key`, async () => {
      const error: unknown = await loadManifest({ clients }).catch((thrown: unknown) => thrown);
      expect(String(error)).to.include(path);
      expect(String(error)).not.to.include('short and secret');
    });
  }
});
