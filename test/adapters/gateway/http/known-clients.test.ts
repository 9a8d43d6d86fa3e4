import { expect } from 'chai';
import { KnownClients } from '../../../../adapters/gateway/http/known-clients.js';
import { MODERN_META } from '../raw-client.js';

describe('what clients say of themselves with each request', () => {
  it('is known again, whatever texts stand beside it', () => {
    const known = new KnownClients();
    expect(known.knows(MODERN_META)).to.equal(false);
    known.add(MODERN_META);
    expect(known.knows(MODERN_META)).to.equal(true);
    expect(known.knows({ ...MODERN_META, progressToken: 'p', traceparent: '00-1' })).to.equal(true);
  });

  it('is not known when any of it is another, or something stands beside that is not looked at', () => {
    const known = new KnownClients();
    known.add(MODERN_META);
    const prefix = 'io.modelcontextprotocol';
    const anonymous = Object.fromEntries(Object.entries(MODERN_META).slice(0, 2));
    for (const other of [
      anonymous,
      { ...MODERN_META, [`${prefix}/clientCapabilities`]: { sampling: {} } },
      { ...MODERN_META, [`${prefix}/logLevel`]: 'info' },
      { ...MODERN_META, [`${prefix}/logLevel`]: null },
      { ...MODERN_META, progressToken: {} },
      { ...MODERN_META, [`${prefix}/related-task`]: 'x' },
    ]) {
      expect(known.knows(other), JSON.stringify(other)).to.equal(false);
    }
  });

  it('is bounded: the one known for longest is forgotten, and one that is too long never known', () => {
    const known = new KnownClients();
    const client = (name: string) => ({ 'io.modelcontextprotocol/clientInfo': { name, version: '1' } });
    for (let count = 0; count <= 1_000; count += 1) known.add(client(`client ${count}`));
    expect([0, 1, 1_000].map((count) => known.knows(client(`client ${count}`)))).to.deep.equal([
      false,
      true,
      true,
    ]);
    known.add(client('x'.repeat(5_000)));
    expect(known.knows(client('x'.repeat(5_000)))).to.equal(false);
  });
});
