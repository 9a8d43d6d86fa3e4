import { text } from 'node:stream/consumers';
import { expect } from 'chai';
import { boundedStream } from '../../../../../plugins/dispatchers/mcp/transport/bounded-fetch.js';

describe('the bound on what is read over HTTP', () => {
  async function read(byLine: boolean, ...chunks: string[]): Promise<string> {
    const body = new ReadableStream<Uint8Array>({
      start(controller) {
        for (const chunk of chunks) controller.enqueue(Buffer.from(chunk));
        controller.close();
      },
    }).pipeThrough(boundedStream(10, byLine));
    return text(body).catch((error: unknown) => (error as Error).name);
  }

  it('holds for a body as a whole', async () => {
    expect(await read(false, '12345', '67890')).to.equal('1234567890');
    expect(await read(false, '12345', '67890', '1')).to.equal('OverlongAnswerError');
    expect(await read(false, '12345\n', '67890')).to.equal('OverlongAnswerError');
  });

  it('holds for each line of an event stream', async () => {
    expect(await read(true, '1234567890\n', '1234567890\n12345', '67890\n')).to.include('1234567890');
    expect(await read(true, '1234567890\n12345', '678901')).to.equal('OverlongAnswerError');
  });
});
