/** What a runtime asks of the host, and what it makes of the answers. */
import { ToolscriptError } from '../error.js';
import type { ErrorCode } from '../error.js';
import type { Json } from '../json.js';
import type { ToolReply } from '../script-runtime.js';
import { must } from './contract-check.js';
import { HeldAnswers } from './held-answers.js';
import { HOSTILE_VALUES, isSameJson, shown } from './hostile-json.js';
import { mustAnswer, mustFail } from './runtime-bench.js';
import { promise } from './runtime-promise.js';
import type { RuntimePromise } from './runtime-promise.js';

/** The promises. */
export const CALL_PROMISES: readonly RuntimePromise[] = [
  promise(
    'calls tools of the catalog, with the arguments as they are',
    ['calls'],
    async (bench, { calls }) => {
      for (const given of HOSTILE_VALUES) {
        const host = bench.host();
        mustAnswer(await bench.run(calls, { data: { given }, host }), given);
        const [call] = host.calls;
        must(host.calls.length === 1, `callTool: asked ${String(host.calls.length)} times, want once`);
        must(
          call!.tool === bench.catalog.byName('echo'),
          'callTool: got another tool, want that of the catalog',
        );
        must(
          isSameJson(call!.args, { text: given }),
          `callTool: got ${shown(call!.args)}, want the arguments`,
        );
      }
    },
  ),
  promise('gives scripts what tools answer', ['calls'], async (bench, { calls }) => {
    for (const [reply, value] of REPLIES)
      await bench.answers(calls, value, { data: { given: 1 }, host: bench.host({ answer: () => reply }) });
  }),
  promise('fails as the tool that fails', ['calls'], async (bench, { calls }) => {
    for (const code of FAILURES) {
      const host = bench.host({ answer: () => Promise.reject(failure(code)) });
      mustFail(await bench.run(calls, { data: { given: 1 }, host }), [code]);
    }
  }),
  promise('lets a script go on after a tool that fails', ['catches'], async (bench, { catches }) => {
    for (const code of FAILURES) {
      const host = bench.host({ answer: () => Promise.reject(failure(code)) });
      await bench.answers(catches, 'caught', { host });
    }
  }),
  promise('lets no script catch a limit', ['catches'], async (bench, { catches }) => {
    for (const code of LIMITS) {
      const host = bench.host({ answer: () => Promise.reject(failure(code)) });
      mustFail(await bench.run(catches, { host }), [code]);
    }
  }),
  promise('calls at the same time, and keeps the order', ['fansOut'], async (bench, { fansOut }) => {
    const held = new HeldAnswers();
    const running = bench.run(fansOut, { host: bench.host({ answer: held.hold }) });
    const ended = running.then(
      () => 'over',
      () => 'over',
    );
    await Promise.race([held.reach(3), ended]);
    must(held.waiting === 3, `callTool: ${String(held.waiting)} calls at the same time, want 3`);
    held.answerBackwards();
    mustAnswer(await running, ['a', 'b', 'c']);
  }),
  promise('keeps runs at the same time apart', ['calls'], async (bench, { calls }) => {
    const held = new HeldAnswers();
    const given = Array.from({ length: 10 }, (_none, index) => `run ${String(index)}`);
    const running = given.map((text) =>
      bench.run(calls, { data: { given: text }, host: bench.host({ answer: held.hold }) }),
    );
    const over = Promise.race(running.map((run) => run.catch(() => undefined)));
    await Promise.race([held.reach(given.length), over]);
    must(held.waiting === given.length, `run: ${String(held.waiting)} scripts at the same time, want 10`);
    held.answerBackwards();
    for (const [index, run] of running.entries()) mustAnswer(await run, given[index]!);
  }),
  promise('hands on what is printed, within the limit', ['prints'], async (bench, { prints }) => {
    const host = bench.host();
    const result = await bench.run(prints, { data: { given: 'one line' }, host });
    must(result.ok, 'run: failed, want a result');
    must(host.lines.join('\n') === 'one line', `print: got ${shown(host.lines)}, want the line`);
    const few = bench.host({ limits: { logBytes: 10 } });
    mustFail(await bench.run(prints, { data: { given: 'x'.repeat(100) }, host: few }), ['limit/logs']);
  }),
  promise('hands on how far the script is', ['reports'], async (bench, { reports }) => {
    const host = bench.host();
    await bench.run(reports, { host });
    const [step] = host.steps;
    must(step?.done === 1 && step.total === 2, `progress: got ${shown(host.steps)}, want 1 of 2`);
  }),
  promise('looks for tools through the host', ['finds'], async (bench, { finds }) => {
    const host = bench.host();
    const result = await bench.run(finds, { data: { given: 'say it again' }, host });
    must(result.ok, 'run: failed, want a result');
    const [find] = host.finds;
    must(find?.text === 'say it again', `findTools: got ${shown(host.finds)}, want the words of the script`);
    must(
      Number.isInteger(find.limit) && find.limit >= 1,
      `findTools: limit ${String(find.limit)}, want 1 or more`,
    );
  }),
];

const FAILURES: readonly ErrorCode[] = ['tool/failed', 'tool/timeout', 'tool/denied', 'backend/unavailable'];
const LIMITS: readonly ErrorCode[] = ['limit/tool-calls', 'limit/wall-time'];

function failure(code: ErrorCode): ToolscriptError {
  return new ToolscriptError({ code, message: `call echo: ${code}`, tool: 'echo' });
}

const REPLIES: readonly (readonly [reply: ToolReply, value: Json])[] = [
  ...HOSTILE_VALUES.map((json) => [{ json }, json] as const),
  [{ text: 'as it is' }, 'as it is'],
  [{ text: '{"digits": 12345678901234567890}' }, { digits: 12345678901234567890n }],
  [{ text: '{"not": JSON' }, '{"not": JSON'],
  [{ json: 1, content: [{ type: 'image', data: 'AAAA', mimeType: 'image/png' }] }, 1],
];
