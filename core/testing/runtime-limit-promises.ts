/** Where a runtime ends a script. */
import { ToolscriptError } from '../error.js';
import type { ErrorCode } from '../error.js';
import type { Limits } from '../limit-policy.js';
import { must } from './contract-check.js';
import { HeldAnswers } from './held-answers.js';
import { settled } from './hand-clock.js';
import { mustFail } from './runtime-bench.js';
import type { RuntimeBench } from './runtime-bench.js';
import { promise } from './runtime-promise.js';
import type { RuntimePromise } from './runtime-promise.js';
import type { RuntimeScripts } from './runtime-scripts.js';

/** Milliseconds for a script that computes for ever. */
const WALL_TIME_MS = 300;
const ENDLESS = { steps: 1e12, wallTimeMs: WALL_TIME_MS };

/** The promises. */
export const LIMIT_PROMISES: readonly RuntimePromise[] = [
  promise('ends an endless loop in its time', ['loops', 'answers'], async (bench, { loops, answers }) => {
    await endsAt(bench, loops, ENDLESS, ['limit/wall-time', 'limit/steps', 'limit/memory']);
    await stillWorks(bench, answers);
  }),
  promise('ends endless recursion', ['recurses', 'answers'], async (bench, { recurses, answers }) => {
    await endsAt(bench, recurses, {}, ['limit/depth', 'limit/memory', 'limit/steps', 'limit/wall-time']);
    await stillWorks(bench, answers);
  }),
  promise(
    'ends a script that keeps more and more',
    ['hoards', 'answers'],
    async (bench, { hoards, answers }) => {
      const limits = { memoryBytes: 4 * 1024 * 1024, steps: 1e9, wallTimeMs: 3_000 };
      await endsAt(bench, hoards, limits, ['limit/memory', 'limit/steps', 'limit/wall-time']);
      await stillWorks(bench, answers);
    },
  ),
  promise('ends soon after the signal, for its reason', ['calls'], async (bench, { calls }) => {
    for (const reason of REASONS) {
      const [host, held] = waitingHost(bench);
      const running = bench.run(calls, { data: { given: 1 }, host });
      await Promise.race([held.reach(1), running]);
      host.end(reason);
      mustFail(await running, [reason.code]);
    }
  }),
  promise('asks nothing after the signal', ['callsTwice'], async (bench, { callsTwice }) => {
    const [host, held] = waitingHost(bench);
    const running = bench.run(callsTwice, { data: { given: 1 }, host });
    await Promise.race([held.reach(1), running]);
    host.end(REASONS[0]!);
    const asked = host.asked;
    held.answerBackwards();
    await Promise.allSettled([running]);
    await settled();
    must(host.asked === asked, 'callTool: asked after the signal, want nothing');
    await running;
  }),
  promise('starts nothing when the signal came before', ['calls'], async (bench, { calls }) => {
    const host = bench.host();
    host.end(REASONS[0]!);
    mustFail(await bench.run(calls, { data: { given: 1 }, host }), [REASONS[0]!.code]);
    must(host.asked === 0, 'callTool: asked after the signal, want nothing');
  }),
];

const REASONS: readonly ToolscriptError[] = [
  new ToolscriptError({ code: 'cancelled', message: 'run: the caller left' }),
  new ToolscriptError({ code: 'limit/wall-time', message: 'run: more than 1 ms' }),
];

function waitingHost(bench: RuntimeBench): [ReturnType<RuntimeBench['host']>, HeldAnswers] {
  const held = new HeldAnswers();
  return [bench.host({ answer: held.hold }), held];
}

async function endsAt(
  bench: RuntimeBench,
  source: string,
  limits: Partial<Limits>,
  codes: readonly ErrorCode[],
): Promise<void> {
  const host = bench.host({ limits });
  const { meter, clock } = host;
  const stop = clock.after(meter.deadlineMs - clock.now(), () => {
    host.end(meter.exceeded('wallTimeMs'));
  });
  try {
    mustFail(await bench.run(source, { host }), codes);
  } finally {
    stop();
  }
}

/** The host lives, and so does the runtime. */
async function stillWorks(bench: RuntimeBench, answers: RuntimeScripts['answers']): Promise<void> {
  const [source, value] = answers[0]!;
  await bench.answers(source, value);
}
