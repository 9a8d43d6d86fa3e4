/** The examples of a deployment say what the gateway does. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { createGateway } from '../../adapters/gateway/index.js';
import { noTools } from '../../core/index.js';
import { loadManifest, type Manifest } from '../../core/manifest/index.js';
import { trafficSettings } from '../../plugins/limits/traffic/settings.js';
import { compose } from '../adapters/gateway/composed.js';

const folder = fileURLToPath(new URL('../../docs/examples/deploy/', import.meta.url));
const textOf = (file: string): string => readFileSync(join(folder, file), 'utf8');

/** What an operator installs for Prometheus. */
const PACKAGES = /# for prometheus\nnpm install (.*)\n/;

interface Probe {
  httpGet: { path: string; port: string };
  periodSeconds: number;
  failureThreshold: number;
}
interface Container {
  ports: { name: string; containerPort: number }[];
  startupProbe: Probe;
  livenessProbe: Probe;
  readinessProbe: Probe;
  securityContext: object;
}
interface Item {
  kind: string;
  data: Record<string, string>;
  spec: {
    template: {
      metadata: { annotations: Record<string, string> };
      spec: { terminationGracePeriodSeconds: number; containers: [Container] };
    };
    ports: { targetPort: string }[];
    ingress: { ports: { port: string }[] }[];
  };
}

const { items } = JSON.parse(textOf('kubernetes.json')) as { items: Item[] };
const item = (kind: string): Item => {
  const found = items.find((each) => each.kind === kind);
  if (found === undefined) throw new Error(`no ${kind}`);
  return found;
};

describe('the examples of a deployment', () => {
  const pod = item('Deployment').spec.template.spec;
  const [container] = pod.containers;
  let manifest: Manifest;

  before(async () => {
    const place = mkdtempSync(join(tmpdir(), 'toolscript-deploy-'));
    const file = join(place, 'toolscript.json');
    writeFileSync(file, item('ConfigMap').data['toolscript.json']!);
    manifest = await loadManifest(file, { env: { CI_TOKEN: 'a-token-of-some-length' } });
    rmSync(place, { recursive: true });
  });

  it('hold a manifest that loads, and settings that the traffic policy takes', () => {
    expect([...manifest.servers.keys()]).to.deep.equal(['search']);
    const traffic = manifest.plugins.find(({ use }) => use === 'toolscript/plugins/limits/traffic');
    expect(trafficSettings.safeParse(traffic?.with).success).to.equal(true);
  });

  it('ask at the port where the gateway listens', () => {
    const { port } = manifest.http;
    expect(container.ports).to.deep.include({ name: 'http', containerPort: port });
    expect(item('Service').spec.ports[0]!.targetPort).to.equal('http');
    for (const { httpGet } of [container.startupProbe, container.livenessProbe, container.readinessProbe])
      expect(httpGet.port).to.equal('http');
    expect(textOf('Dockerfile'))
      .to.include(`EXPOSE ${String(port)}`)
      .and.include(`http://127.0.0.1:${String(port)}/healthz`);
    expect(
      [...textOf('nginx.conf').matchAll(/server toolscript-\d:(\d+)/g)].map(([, at]) => at),
    ).to.deep.equal([port, port, port].map(String));
  });

  it('let Prometheus scrape where the gateway tells its metrics, and bring the packages for it', () => {
    const { host, port } = manifest.telemetry!.prometheus!;
    expect(host).to.equal('0.0.0.0');
    const told = item('Deployment').spec.template.metadata.annotations;
    expect(told).to.include({ 'prometheus.io/port': String(port), 'prometheus.io/path': '/metrics' });
    expect(container.ports).to.deep.include({ name: 'metrics', containerPort: port });
    expect(item('NetworkPolicy').spec.ingress.flatMap(({ ports }) => ports)).to.deep.include({
      port: 'metrics',
    });
    expect(textOf('Dockerfile')).to.match(new RegExp(`^EXPOSE .*\\b${String(port)}$`, 'm'));
    const packages = PACKAGES.exec(readFileSync(join(folder, '../../how-to/observe.md'), 'utf8'))![1]!;
    expect(textOf('Dockerfile')).to.include(packages);
  });

  it('probe paths that answer', async () => {
    const codeMode = await compose(noTools);
    const door = await createGateway({ codeMode, scriptTool: false }).serveHttp();
    const { startupProbe, livenessProbe, readinessProbe } = container;
    for (const { httpGet } of [startupProbe, livenessProbe, readinessProbe])
      expect((await fetch(new URL(httpGet.path, door.url))).status, httpGet.path).to.equal(200);
    expect(livenessProbe.httpGet.path).to.not.equal(readinessProbe.httpGet.path);
    await door.close();
    await codeMode.close();
  });

  it('leave a gateway the time to go: the balancer notices within the delay, the drain ends within the grace', () => {
    const { periodSeconds, failureThreshold } = container.readinessProbe;
    expect(manifest.http.drainDelayMs).to.be.greaterThan(periodSeconds * failureThreshold * 1_000);
    expect(manifest.http.drainMs).to.be.greaterThan(manifest.http.drainDelayMs);
    expect(pod.terminationGracePeriodSeconds * 1_000).to.be.greaterThan(manifest.http.drainMs + 5_000);
  });

  it('let nginx keep no connection on which a call could be lost, and send no call twice', () => {
    expect(textOf('nginx.conf'))
      .to.match(/proxy_set_header Connection close;/)
      .and.not.match(/^\s*keepalive /m)
      .and.not.match(/^\s*proxy_next_upstream .*non_idempotent/m);
  });

  it('need no rights: no root, no writing, no shell before the program', () => {
    expect(container.securityContext).to.deep.include({
      allowPrivilegeEscalation: false,
      readOnlyRootFilesystem: true,
    });
    expect(textOf('Dockerfile'))
      .to.match(/^USER 1000/m)
      .and.match(/^ENTRYPOINT \["node"/m);
  });
});
