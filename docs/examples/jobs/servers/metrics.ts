/** An hour of measurements for each service: some burn, most had a spike that has passed. */
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import { slowly } from './served.js';

/** Whose error rate is high to the last minute. */
export const BURNING: readonly string[] = ['checkout', 'login', 'feed', 'uploads'];
/** Of whom there are no measurements. */
export const UNMEASURED = 'ledger';

const MINUTES = 60;

/** The server. */
export function createMetrics({ latencyMs = 0 } = {}): { server: McpServer } {
  const answer = slowly(latencyMs);
  const server = new McpServer({ name: 'metrics', version: '1.0.0' });
  server.registerTool(
    'query_metric',
    {
      description: 'One metric of a service, minute by minute, the last one last.',
      inputSchema: { service: z.string(), metric: z.enum(['error_rate', 'latency_ms']) },
      outputSchema: { result: z.array(z.object({ minute: z.string(), value: z.number() })) },
    },
    ({ service, metric }) =>
      answer(() => {
        if (service === UNMEASURED) throw new Error(`no measurements of ${service} in the last hour`);
        return { result: series(service, metric === 'error_rate' ? 0.01 : 120) };
      }),
  );
  return { server };
}

function series(service: string, usual: number): { minute: string; value: number }[] {
  return Array.from({ length: MINUTES }, (_, minute) => {
    const wobble = 1 + ((minute * 7 + service.length) % 5) / 10;
    const value = usual * wobble * (isBad(service, minute) ? 12 : 1);
    return { minute: `14:${String(minute).padStart(2, '0')}`, value: Number(value.toFixed(4)) };
  });
}

/** It began at 14:38; where it is over, it was so by 14:46. */
function isBad(service: string, minute: number): boolean {
  return minute >= 38 && (minute < 46 || BURNING.includes(service));
}
