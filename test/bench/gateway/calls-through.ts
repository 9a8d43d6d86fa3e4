/** tools/call through the gateway beside the same client directly at the same backend. */
import type { ServerConfig } from '../../../plugins/dispatchers/mcp/index.js';
import { everything } from '../../support/backends/index.js';
import { everythingOverHttp } from '../../support/backends/everything-over-http.js';
import { median, timed } from '../timing.js';
import { echo, report, windowed } from './load.js';
import { connected, listening, program, type Era, type Listening } from './processes.js';

const ROUNDS = 15;
const WARM_ROUNDS = 3;
const CALLS = 200;
const WIDTHS = [1, 32];
const ERAS: readonly Era[] = ['2025-11-25', '2026-07-28'];

/** How a client, the gateway and the backend speak with each other. */
type Wire = 'stdio' | 'http';

/** Both eras over one kind of transport; client, gateway and backend speak the same. */
export async function callsThrough(wire: Wire): Promise<void> {
  for (const era of ERAS) {
    const backend = await backendOf(wire, era);
    const gateway = await gatewayTo(wire, backend.config);
    console.log(
      `\ntools/call over ${wire}, ${era} (middle of ${ROUNDS} interleaved rounds of ${CALLS} calls)`,
    );
    for (const width of WIDTHS) await compare([backend.config, gateway.config], era, width);
    await gateway.close();
    await backend.close();
  }
}

/**
 * Over HTTP each round has clients of its own: the SDK's grow slower with every call that they make. Over
 * stdio a client has a process of its own, which is warm only after many calls: there they stay.
 */
async function compare(
  places: readonly [ServerConfig, ServerConfig],
  era: Era,
  width: number,
): Promise<void> {
  const kept = 'url' in places[0] ? [] : await Promise.all(places.map((place) => connected(place, era)));
  const figures: [direct: number[], through: number[]] = [[], []];
  for (let round = -WARM_ROUNDS; round < ROUNDS; round += 1) {
    for (const [at, place] of places.entries()) {
      const client = kept[at] ?? (await connected(place, era));
      const [, ms] = await timed(() => windowed(CALLS, width, (index) => echo(client, `${round} ${index}`)));
      if (kept.length === 0) await client.close();
      if (round >= 0) figures[at]!.push(ms / CALLS);
    }
  }
  await Promise.all(kept.map((client) => client.close()));
  const [bare, added] = figures.map(median) as [number, number];
  const words = `${bare.toFixed(3)} ms directly, ${added.toFixed(3)} ms through the gateway`;
  report(
    width === 1 ? 'one after another' : `${width} at once`,
    `${words}, ratio ${(added / bare).toFixed(2)}`,
  );
}

interface Running {
  readonly config: ServerConfig;
  close(): Promise<void>;
}

/** Of the older era it is `server-everything`, the reference server; of the newer, one on the SDK. */
async function backendOf(wire: Wire, era: Era): Promise<Running> {
  if (wire === 'stdio') {
    const config = era === '2025-11-25' ? everything() : program('backend-process.ts', 'stdio');
    return { config, close: () => Promise.resolve() };
  }
  return overHttp(
    era === '2025-11-25'
      ? await everythingOverHttp('streamableHttp')
      : await listening(program('backend-process.ts', 'http')),
  );
}

async function gatewayTo(wire: Wire, backend: ServerConfig): Promise<Running> {
  const gateway = program('gateway-process.ts', wire, JSON.stringify({ backend }));
  if (wire === 'stdio') return { config: gateway, close: () => Promise.resolve() };
  return overHttp(await listening(gateway));
}

function overHttp(process: Listening): Running {
  return { config: { url: process.url }, close: () => process.close() };
}
