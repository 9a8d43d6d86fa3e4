/** What clients read when the composition closes while their calls are under way. */
import { expect } from 'chai';
import { createGateway } from '../../../adapters/gateway/index.js';
import { definition, HoldingDispatcher, until } from '../../support/test-tools.js';
import { CLIENTS } from './clients.js';
import { compose } from './composed.js';

describe('calls under way when the composition closes', () => {
  for (const [kind, connect] of Object.entries(CLIENTS)) {
    it(`are answered as cancelled to a client of ${kind}`, async () => {
      const dispatcher = new HoldingDispatcher([definition('wait')]);
      const codeMode = await compose(dispatcher);
      const gateway = createGateway({ codeMode, scriptTool: true });
      const door = await gateway.serveHttp();
      const client = await connect(gateway, door.url);
      const answers = Promise.all([
        client.call('wait'),
        client.call('execute_tool_script', { script: 'return wait()' }),
      ]);
      await until(() => dispatcher.calls.length === 2);
      await codeMode.close();
      for (const { isError, structuredContent } of await answers) {
        expect(isError).to.equal(true);
        expect(structuredContent).to.have.nested.property('error.code', 'cancelled');
      }
      await client.close();
      await door.close();
    });
  }
});
