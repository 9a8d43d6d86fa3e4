import { expect } from 'chai';
import { loadManifest } from '../../../core/manifest/index.js';

describe('telemetry in the manifest', () => {
  it('is not there when nothing is said', async () => {
    expect(await loadManifest({})).not.to.have.property('telemetry');
  });

  it('shows nothing of what is run, and goes on in the traces of clients, unless said', async () => {
    const { telemetry } = await loadManifest({ telemetry: {} });
    expect(telemetry).to.deep.equal({ clientTrace: 'parent', toolhiveNames: false, content: [] });
  });

  it('takes secrets, numbers and truth values from variables', async () => {
    const written = {
      telemetry: {
        otlp: {
          endpoint: '${COLLECTOR}',
          headers: { authorization: 'Bearer ${TOKEN}' },
          sampleRatio: '${RATIO}',
          metrics: '${METRICS}',
        },
        prometheus: { port: '${PORT:-9000}' },
      },
    };
    const env = { COLLECTOR: 'https://collector.example', TOKEN: 'abc', RATIO: '0.25', METRICS: 'false' };
    const { telemetry } = await loadManifest(written, { env });
    expect(telemetry).to.deep.include({
      otlp: {
        endpoint: 'https://collector.example',
        headers: { authorization: 'Bearer abc' },
        sampleRatio: 0.25,
        metrics: false,
      },
      prometheus: { port: 9000 },
    });
  });

  it("makes a file one of ours, not a client's own", async () => {
    const error: unknown = await loadManifest({ mcpServers: {}, telemetry: {}, strange: 1 }).catch(String);
    expect(error).to.include('strange');
  });

  const refused: readonly [string, object][] = [
    ['telemetry.otlp.endpoint', { otlp: { endpoint: 'collector:4318' } }],
    ['telemetry.otlp.protocol', { otlp: { protocol: 'grpc' } }],
    ['telemetry.otlp.sampleRatio', { otlp: { sampleRatio: 1.1 } }],
    ['telemetry.otlp.intervalMs', { otlp: { intervalMs: 0 } }],
    ['telemetry.otlp.queueSpans', { otlp: { queueSpans: 0 } }],
    ['telemetry.prometheus.port', { prometheus: { port: 65_536 } }],
    ['telemetry.prometheus.path', { prometheus: { path: 'metrics' } }],
    ['telemetry.clientTrace', { clientTrace: 'child' }],
    ['telemetry.content[0]', { content: ['data'] }],
  ];
  for (const [path, telemetry] of refused) {
    it(`refuses ${JSON.stringify(telemetry)}`, async () => {
      const error: unknown = await loadManifest({ telemetry }).catch((thrown: unknown) => thrown);
      expect(String(error)).to.include(path);
    });
  }
});
