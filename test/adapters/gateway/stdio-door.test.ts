import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { PassThrough } from 'node:stream';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { noTools } from '../../../core/index.js';
import { createGateway } from '../../../adapters/gateway/index.js';
import { fixture } from '../../support/backends/index.js';
import { gone, isAlive } from '../../plugins/dispatchers/mcp/calling.js';
import { compose } from './composed.js';

const program = fileURLToPath(new URL('../../support/backends/gateway-process.ts', import.meta.url));

const INITIALIZE = {
  protocolVersion: '2025-06-18',
  capabilities: {},
  clientInfo: { name: 'by hand', version: '1' },
};

describe('the stdio door', () => {
  it('puts nothing but the protocol on standard output, and ends with its client and its servers', async () => {
    const noisy = fixture({
      tools: ['breed'],
      faults: ['prints garbage', 'floods stderr'],
    });
    const child = spawn(process.execPath, ['--import', 'tsx', program, JSON.stringify({ noisy })], {
      stdio: ['pipe', 'pipe', 'inherit'],
    });
    const lines: Record<string, unknown>[] = [];
    const reader = createInterface({ input: child.stdout });
    reader.on('line', (line) => lines.push(JSON.parse(line) as Record<string, unknown>));
    const exited = once(child, 'exit');
    const send = (id: number, method: string, params: object): void => {
      child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
    };
    send(1, 'initialize', INITIALIZE);
    send(2, 'tools/list', {});
    send(3, 'tools/call', {
      name: 'execute_tool_script',
      arguments: { script: 'print("hi")\nreturn breed()' },
    });
    while (lines.length < 3) await once(reader, 'line');
    expect(lines.every(({ jsonrpc }) => jsonrpc === '2.0')).to.equal(true);
    expect(lines.map(({ id }) => id)).to.have.members([1, 2, 3]);
    const { structuredContent } = lines.find(({ id }) => id === 3)?.['result'] as {
      structuredContent: { result: number };
    };
    expect(isAlive(structuredContent.result)).to.equal(true);
    child.stdin.end();
    expect(await exited).to.deep.equal([0, null]);
    await gone(structuredContent.result);
  });

  it('goes on after lines that are not the protocol', async () => {
    const codeMode = await compose(noTools);
    const [input, output] = [new PassThrough(), new PassThrough()];
    const errors: string[] = [];
    const onError = ({ message }: Error): number => errors.push(message);
    const door = createGateway({ codeMode, scriptTool: true, onError }).serveStdio({ input, output });
    input.write('{"half\n\nnull\n[]\n{"jsonrpc":"2.0","id":1,"secret":"of a client"}\n');
    input.write(`${JSON.stringify({ jsonrpc: '2.0', id: 7, method: 'initialize', params: INITIALIZE })}\n`);
    const [line] = (await once(createInterface({ input: output }), 'line')) as [string];
    expect(JSON.parse(line)).to.deep.include({ id: 7 });
    expect(errors.length).to.be.greaterThan(0);
    expect(errors.join()).not.to.match(/secret|of a client/);
    input.end();
    await door.closed;
    await codeMode.close();
  });

  it('closes when it is told to', async () => {
    const codeMode = await compose(noTools);
    const door = createGateway({ codeMode, scriptTool: true }).serveStdio({
      input: new PassThrough(),
      output: new PassThrough(),
    });
    await door.close();
    await door.closed;
    await codeMode.close();
  });
});
