/** Forty services and their versions. Some are locked, and of some changes the answer gets lost. */
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import { slowly } from './served.js';

/** A service as the server has it. */
export interface Service {
  readonly name: string;
  version: string;
  /** How often its version was set. */
  changes: number;
}

/** How {@link createDeployments} behaves. */
export interface DeploymentOptions {
  readonly latencyMs?: number;
  /** Services that cannot be changed; the set may change. */
  readonly locked?: ReadonlySet<string>;
  /** Services that are changed, though nobody is told: the first change of each. */
  readonly lost?: readonly string[];
}

const AREAS = ['billing', 'catalogue', 'checkout', 'feed', 'login', 'mailer', 'search', 'uploads'];
const PARTS = ['api', 'cache', 'jobs', 'web', 'worker'];

/** The server, and its services; every fourth has version 1.8.0 already, the others 1.7.2. */
export function createDeployments(options: DeploymentOptions = {}): {
  server: McpServer;
  services: readonly Service[];
} {
  const { latencyMs = 0, locked = new Set(), lost = [] } = options;
  const services = AREAS.flatMap((area) => PARTS.map((part) => `${area}-${part}`)).map(
    (name, index): Service => ({ name, version: index % 4 === 0 ? '1.8.0' : '1.7.2', changes: 0 }),
  );
  const answer = slowly(latencyMs);
  const server = new McpServer({ name: 'deployments', version: '1.0.0' });

  server.registerTool(
    'list_services',
    {
      description: 'All services, and the version that each runs.',
      outputSchema: { result: z.array(z.object({ name: z.string(), version: z.string() })) },
    },
    () => answer(() => ({ result: services.map(({ name, version }) => ({ name, version })) })),
  );
  server.registerTool(
    'set_version',
    {
      description: 'Brings a service to a version, and restarts it.',
      inputSchema: { service: z.string(), version: z.string() },
      outputSchema: { version: z.string() },
    },
    async ({ service, version }) => {
      const changed = await answer(() => {
        const found = services.find(({ name }) => name === service);
        if (found === undefined) throw new Error(`no service ${service}`);
        if (locked.has(service)) throw new Error(`${service} is locked by the release train`);
        Object.assign(found, { version, changes: found.changes + 1 });
        return { version };
      });
      if (lost.includes(service)) await new Promise(() => undefined);
      return changed;
    },
  );
  return { server, services };
}
