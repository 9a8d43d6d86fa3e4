/** What a call inside a script costs over a bare client's call of the same kind of backend over stdio. */
import { createCodeMode } from '../../../adapters/library/index.js';
import { createMcpDispatcher } from '../../../plugins/dispatchers/mcp/index.js';
import { everything } from '../../support/backends/index.js';
import { median, timed } from '../timing.js';
import { echo, report, windowed } from './load.js';
import { connected, program, type Era } from './processes.js';

const LIMITS = { toolCalls: 1_000_000, steps: 1e9, memoryBytes: 2 ** 32, parallel: 32 };
const ROUNDS = 15;
const WARM_ROUNDS = 3;
const CALLS = 300;
const SCRIPTS: Readonly<Record<number, string>> = {
  1: `for n in range(${CALLS}):\n  echo(message="m")\n`,
  32: `parallel([lambda: echo(message="m") for n in range(${CALLS})])`,
};

/** Both eras, one after another and in `parallel`. */
export async function callsInScripts(): Promise<void> {
  await measure('2025-11-25', everything());
  await measure('2026-07-28', program('backend-process.ts', 'stdio'));
}

async function measure(era: Era, backend: ReturnType<typeof everything>): Promise<void> {
  const codeMode = await createCodeMode({
    dispatcher: createMcpDispatcher({ servers: { backend } }),
    limits: LIMITS,
  });
  await codeMode.listTools();
  const client = await connected(backend, era);
  console.log(`\na call inside a script over stdio, ${era} (middle of ${ROUNDS} interleaved rounds)`);
  for (const [width, script] of Object.entries(SCRIPTS)) {
    const [bare, scripted]: [number[], number[]] = [[], []];
    for (let round = -WARM_ROUNDS; round < ROUNDS; round += 1) {
      const [, direct] = await timed(() => windowed(CALLS, Number(width), () => echo(client, 'm')));
      const [outcome, inside] = await timed(() => codeMode.run({ script }));
      if (!outcome.ok) throw new Error(outcome.error.message);
      if (round < 0) continue;
      bare.push(direct / CALLS);
      scripted.push(inside / CALLS);
    }
    const addedUs = (median(scripted) - median(bare)) * 1000;
    const figures = `${median(scripted).toFixed(3)} ms, ${median(bare).toFixed(3)} ms from a bare client`;
    report(
      width === '1' ? 'one after another' : `${width} at once`,
      `${figures}, ${addedUs.toFixed(0)} µs added`,
    );
  }
  await client.close();
  await codeMode.close();
}
