import { expect } from 'chai';
import { createMcpDispatcher, type ServerConfig } from '../../../../plugins/dispatchers/mcp/index.js';

describe('the configuration of servers', () => {
  it('is refused at once, with every fault of every server', () => {
    const servers = {
      none: {},
      both: { command: 'x', url: 'http://x' },
      empty: { command: '' },
      web: { type: 'websocket', url: 'ws://x' },
      text: 'npx',
    } as unknown as Record<string, ServerConfig>;
    expect(() => createMcpDispatcher({ servers }))
      .to.throw(
        [
          'server "none": met neither "command" nor "url", wanted one of them',
          'server "both": met both "command" and "url", wanted one of them',
          'server "empty": "command" must be a text that is not empty',
          'server "web": "type" of a url must be "http", "streamable-http" or "sse"',
          'server "web": "url" must be an address that starts with http:// or https://',
          'server "text": met no object, wanted "command" or "url"',
        ].join('; '),
      )
      .with.property('code', 'config/invalid');
  });
});
