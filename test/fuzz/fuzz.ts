/** `npm run fuzz:starlark -- [--seconds N] [--seed S]`: tries programs until one fails or the time is over. */
import { parseArgs } from 'node:util';
import { programOf } from './programs.js';
import { shrink } from './shrink.js';
import { Trial } from './trial.js';

const { values } = parseArgs({ options: { seconds: { type: 'string' }, seed: { type: 'string' } } });
const ends = performance.now() + 1000 * Number(values.seconds ?? 60);
const first = values.seed === undefined ? Math.floor(Math.random() * 2 ** 31) : Number(values.seed);

const trial = await Trial.open();
process.stdout.write(`from seed ${String(first)}\n`);
let seed = first;
for (; performance.now() < ends; seed++) {
  const fault = await trial.faultOf(programOf(seed));
  if (fault === null || (await trial.faultOf(programOf(seed))) === null) continue;
  await report(seed, fault);
  process.exitCode = 1;
  break;
}
process.stdout.write(`${String(seed - first)} programs\n`);
await trial.close();

async function report(seed: number, fault: string): Promise<void> {
  const kind = fault.replace(/\d+/g, '');
  const fails = async (text: string): Promise<boolean> =>
    (await trial.faultOf(text))?.replace(/\d+/g, '') === kind;
  const text = await shrink(programOf(seed), fails);
  process.stdout.write(`seed ${String(seed)}: ${fault}\n${JSON.stringify(text)}\n${text}\n`);
}
