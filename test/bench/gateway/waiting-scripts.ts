/** Many scripts at once in one process, each waiting one second in all for a backend's tool. */
import { createCodeMode } from '../../../adapters/library/index.js';
import { createMcpDispatcher } from '../../../plugins/dispatchers/mcp/index.js';
import { timed } from '../timing.js';
import { report } from './load.js';
import { program } from './processes.js';

const SCRIPTS = 200;
const SCRIPT = `
for n in range(2):
    wait(ms=250)
parallel([lambda: wait(ms=500), lambda: wait(ms=500)])
return number
`;

/** Over a stdio backend. */
export async function waitingScripts(): Promise<void> {
  const dispatcher = createMcpDispatcher({ servers: { backend: program('backend-process.ts', 'stdio') } });
  const codeMode = await createCodeMode({ dispatcher });
  await codeMode.listTools();
  const run = async (number: number): Promise<void> => {
    const outcome = await codeMode.run({ script: SCRIPT, data: { number } });
    if (!outcome.ok || outcome.value !== number) throw new Error('not the outcome of this script');
  };
  const [, ms] = await timed(() => Promise.all(Array.from({ length: SCRIPTS }, (_, number) => run(number))));
  await codeMode.close();
  console.log(`\n${SCRIPTS} scripts at once in one process, each waiting 1 s for tools over stdio`);
  report('until the last has its outcome', `${(ms / 1000).toFixed(2)} s`);
}
