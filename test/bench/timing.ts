/** Timing for benchmarks. */

/** Runs once; answers the result and the milliseconds it took. */
export async function timed<T>(act: () => Promise<T>): Promise<[result: T, ms: number]> {
  const started = performance.now();
  const result = await act();
  return [result, performance.now() - started];
}

/** The least milliseconds per call of seven runs, after one to warm up. */
export async function perCall(act: () => Promise<unknown>, calls: number): Promise<number> {
  await act();
  const times: number[] = [];
  for (let round = 0; round < 7; round += 1) times.push((await timed(act))[1]);
  return Math.min(...times) / calls;
}

/** The middle of some figures. */
export function median(figures: readonly number[]): number {
  const sorted = [...figures].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? Number.NaN;
}
