import { expect } from 'chai';
import { StdioTransport } from '../../../../../plugins/dispatchers/mcp/transport/stdio-transport.js';

const PING = { jsonrpc: '2.0', id: 1, method: 'ping' } as const;

/** A process that reads nothing, says so, and then does what it is told. */
async function deaf(then: string): Promise<StdioTransport> {
  const program = `require('fs').closeSync(0); console.log('deaf'); ${then}`;
  const transport = new StdioTransport({ command: process.execPath, args: ['-e', program] });
  const said = new Promise<void>((resolve) => (transport.onnoise = resolve));
  await transport.start();
  await said;
  return transport;
}

describe('a message to a process that reads no more', () => {
  it('fails once it is known how the process ended', async () => {
    const transport = await deaf('setTimeout(() => process.exit(7), 20)');
    const failure = await transport.send(PING).catch((error: unknown) => error);
    expect(failure).to.have.property('message', 'the process closed its standard input');
    expect(transport.ending).to.equal('the process exited with code 7');
    await transport.close();
  });

  it('fails also when the process lives on', async () => {
    const transport = await deaf('setInterval(() => undefined, 1_000)');
    const failure = await transport.send(PING).catch((error: unknown) => error);
    expect(failure).to.have.property('message', 'the process closed its standard input');
    expect(transport.ending).to.equal(undefined);
    await transport.close();
  });
});
