/** What a runtime tells of scripts without running them. One that tells nothing keeps all of this. */
import type { Failure } from '../error.js';
import type { Json } from '../json.js';
import { must } from './contract-check.js';
import { isSameJson, shown } from './hostile-json.js';
import { mustFail } from './runtime-bench.js';
import type { RuntimeBench } from './runtime-bench.js';
import { promise } from './runtime-promise.js';
import type { RuntimePromise } from './runtime-promise.js';

/** The promises. */
export const CHECK_PROMISES: readonly RuntimePromise[] = [
  promise('lets a check pass what runs', ['answers'], async (bench, { answers }) => {
    for (const [source] of answers) mustPass(await bench.check(source));
  }),
  promise('asks the host nothing for a check', ['calls', 'prints'], async (bench, { calls, prints }) => {
    for (const source of [calls, prints]) {
      const host = bench.host();
      mustPass(await bench.check(source, { data: { given: 'x' }, host }));
      must(host.asked === 0, `check: asked the host ${String(host.asked)} times, want never`);
    }
  }),
  promise('refuses in a check what it refuses in a run', ['unreadable'], async (bench, { unreadable }) => {
    if (bench.runtime.check === undefined) return;
    const checked = await bench.check(unreadable);
    must(checked !== undefined, 'check: let an unreadable script pass, want the failure of its run');
    await mustRefuseSo(bench, unreadable, checked);
  }),
  promise('never refuses in a check alone', ['fails'], async (bench, { fails }) => {
    for (const source of [fails, ...NO_SCRIPTS]) {
      const checked = await bench.check(source);
      if (checked !== undefined) await mustRefuseSo(bench, source, checked);
    }
  }),
];

const NO_SCRIPTS = ['', '\u0000', '\ud800', '(((((((', '}'.repeat(1_000), '"'.repeat(1_001)];

function mustPass(checked: Failure | undefined): void {
  must(checked === undefined, `check: refused (${String(checked?.message)}), want nothing for what runs`);
}

async function mustRefuseSo(bench: RuntimeBench, source: string, checked: Failure): Promise<void> {
  const failed = mustFail(await bench.run(source), [checked.code]);
  must(
    isSameJson(plain(checked), plain(failed)),
    `check: got ${shown(checked)}, want what the run says, ${shown(failed)}`,
  );
}

function plain(failure: Failure): Json {
  return JSON.parse(JSON.stringify(failure)) as Json;
}
