/** Judges what an example left behind: the program ends with 1 when anything is not as it must be. */
import { isDeepStrictEqual } from 'node:util';

/** Says whether what was met is what was wanted; one that is not makes the program fail. */
export function judge(what: string, met: unknown, wanted: unknown): void {
  const isRight = isDeepStrictEqual(met, wanted);
  console.log(`${isRight ? 'right' : 'WRONG'}: ${what}`);
  if (isRight) return;
  console.error(`met ${JSON.stringify(met)}\nwanted ${JSON.stringify(wanted)}`);
  process.exitCode = 1;
}
