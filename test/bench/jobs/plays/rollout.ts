/** Thirty changes to forty services, of which two fail. */
import { createDeployments } from '../../../../docs/examples/jobs/servers/deployments.js';
import type { Job, Turn } from '../job.js';
import { exampleScript } from './script.js';

const VERSION = '1.8.0';

/** No answer gets lost here: that would time the time limit. */
export const rollout: Job = {
  title: 'rollout: 30 changes, 2 fail',
  searches: { list_services: 'all services and their versions', set_version: 'bring a service to a version' },
  script: exampleScript('rollout'),
  data: { version: VERSION },
  open: (latencyMs) => {
    const locked = new Set(['login-web', 'search-web']);
    const { server, services } = createDeployments({ latencyMs, locked });
    return { servers: { deployments: server }, left: () => services };
  },
  play,
};

async function play(turn: Turn): Promise<unknown> {
  const [services] = (await turn([{ tool: 'list_services', args: {} }])) as [Service[]];
  const todo = services.filter(({ version }) => version !== VERSION);
  const results = await turn(
    todo.map(({ name }) => ({ tool: 'set_version', args: { service: name, version: VERSION } })),
  );
  const failed = todo.flatMap(({ name }, at) => {
    const result = results[at];
    return result instanceof Error ? [[name, result.message]] : [];
  });
  return {
    already: services.length - todo.length,
    applied: todo.length - failed.length,
    failed: Object.fromEntries(failed) as Record<string, string>,
    unknown: [],
  };
}

interface Service {
  readonly name: string;
  readonly version: string;
}
