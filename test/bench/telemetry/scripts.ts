/** Scripts to measure, in a composition with the sinks of one way. */
import { createCodeMode, defineTool } from 'toolscript';
import { WAYS } from './ways.js';
import type { Places } from './ways.js';

/** Runs so many scripts and answers the microseconds of processor time that each took. */
export type Measure = (count: number) => Promise<number>;

/** What can be measured of one way. */
export interface Scripts {
  readonly tenCalls: Measure;
  readonly noCall: Measure;
}

/** Composes. */
export async function scriptsWith(way: string, places: Places): Promise<Scripts> {
  const noop = defineTool({
    name: 'noop',
    inputSchema: { type: 'object', properties: { n: { type: 'integer' } } },
    call: () => null,
  });
  const codeMode = await createCodeMode({ tools: [noop], sinks: await WAYS[way]!(places) });
  const measure = async (loop: string, count: number): Promise<number> => {
    const before = process.cpuUsage();
    for (let run = 0; run < count; run += 1) {
      const outcome = await codeMode.run({
        script: `for n in range(10):\n  ${loop}\nreturn ${String(run)}\n`,
      });
      if (!outcome.ok) throw new Error(outcome.error.message);
      // What sinks do later is theirs too.
      await new Promise((resolve) => setImmediate(resolve));
    }
    const { user, system } = process.cpuUsage(before);
    return (user + system) / count;
  };
  return {
    tenCalls: (count) => measure('noop(n=n)', count),
    noCall: (count) => measure('n + 1', count),
  };
}
