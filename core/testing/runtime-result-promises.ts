/** What a runtime answers. */
import { must } from './contract-check.js';
import { HOSTILE_VALUES } from './hostile-json.js';
import { mustAnswer, mustFail, mustPointInto } from './runtime-bench.js';
import { promise } from './runtime-promise.js';
import type { RuntimePromise } from './runtime-promise.js';

/** The promises. */
export const RESULT_PROMISES: readonly RuntimePromise[] = [
  promise('answers values, and texts that say the same', ['answers'], async (bench, { answers }) => {
    must(answers.length > 0, 'scripts: want one in answers at least');
    for (const [source, value] of answers) await bench.answers(source, value);
  }),
  promise('gives scripts their data, digit by digit', ['givesBack'], async (bench, { givesBack }) => {
    for (const given of HOSTILE_VALUES) await bench.answers(givesBack, given, { data: { given } });
  }),
  promise('says where it cannot read a script', ['unreadable'], async (bench, { unreadable }) => {
    const failure = mustFail(await bench.run(unreadable), ['script/syntax', 'script/name']);
    must(failure.position !== undefined, 'position: got none, want the place in the script');
    mustPointInto(unreadable, failure);
  }),
  promise('answers a failure for a script that fails', ['fails'], async (bench, { fails }) => {
    mustPointInto(fails, mustFail(await bench.run(fails), ['script/runtime']));
  }),
  promise('answers a failure for what is no script at all', [], async (bench) => {
    for (const source of ['\u0000', '\ud800', '(((((((', '}'.repeat(1_000), '"'.repeat(1_001)])
      await bench.run(source);
  }),
  promise('keeps nothing from one run to the next', ['remembers'], async (bench, { remembers }) => {
    const data = {};
    for (let time = 0; time < 3; time += 1) await bench.answers(remembers, false, { data });
  }),
  promise('counts in whole numbers', ['answers'], async (bench, { answers }) => {
    const host = bench.host();
    mustAnswer(await bench.run(answers[0]![0], { host }), answers[0]![1]);
    const { steps, memoryBytes, branches } = host.meter.usage();
    const isCount = (number: number): boolean => Number.isInteger(number) && number >= 0;
    must([steps, memoryBytes, branches].every(isCount), 'report: want whole numbers from 0');
  }),
];
