/** The ways to do a job: one script, calls of one's own, calls through an optimizer. */
import { createGateway } from '../../../adapters/gateway/index.js';
import { createCodeMode } from '../../../adapters/library/index.js';
import { createOptimizer } from '../../../adapters/optimizer-compat/index.js';
import { SCRIPT_TOOL_NAME, type CodeMode } from '../../../core/index.js';
import { serveAll } from '../../../docs/examples/jobs/servers/served.js';
import { createMcpDispatcher } from '../../../plugins/dispatchers/mcp/index.js';
import { connected } from '../gateway/processes.js';
import type { Job } from './job.js';
import { Session } from './session.js';

/** A way; what it comes to is in the session. */
export interface Way {
  readonly title: string;
  readonly script: boolean;
  readonly optimizer: boolean;
  readonly sideBySide: boolean;
}

/** One run of all compares these. */
export const WAYS: readonly Way[] = [
  { title: 'one script', script: true, optimizer: false, sideBySide: false },
  { title: 'single calls', script: false, optimizer: false, sideBySide: false },
  { title: 'single calls, side by side', script: false, optimizer: false, sideBySide: true },
  { title: 'optimizer, side by side', script: false, optimizer: true, sideBySide: true },
];

/** A job that was done. */
export interface Done {
  readonly session: Session;
  readonly result: unknown;
  /** What is left in the servers. */
  readonly left: unknown;
}

/** Does a job in a way: client, gateway and servers in this process, HTTP between them. */
export async function doneIn(way: Way, job: Job, latencyMs: number): Promise<Done> {
  const { servers, left } = job.open(latencyMs);
  const served = await serveAll(servers);
  const codeMode = await createCodeMode({ dispatcher: createMcpDispatcher(served) });
  await codeMode.listTools();
  const front = way.optimizer ? createOptimizer(codeMode) : codeMode;
  try {
    return { ...(await playedAt(front, way, job)), left: left() };
  } finally {
    await codeMode.close();
    await served.close();
  }
}

async function playedAt(codeMode: CodeMode, way: Way, job: Job): Promise<Omit<Done, 'left'>> {
  const door = await createGateway({ codeMode, scriptTool: way.script }).serveHttp();
  const client = await connected({ url: door.url }, '2026-07-28');
  try {
    const { sideBySide } = way;
    const session = await Session.begin(client, {
      sideBySide,
      ...(way.optimizer && { searches: job.searches }),
    });
    const { script, data } = job;
    const result = way.script
      ? (await session.turn([{ tool: SCRIPT_TOOL_NAME, args: { script, data } }]))[0]
      : await job.play(session.turn);
    if (result instanceof Error) throw new Error(`${job.title}: ${result.message}`);
    return { session, result };
  } finally {
    await client.close();
    await door.close();
  }
}
