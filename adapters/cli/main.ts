#!/usr/bin/env node
/** The command `toolscript`. */
import { runCommandLine } from './command-line.js';
import { EXIT_CODES } from './exit-code.js';
import { reportProblem } from './problem-report.js';
import { processTerminal } from './terminal.js';

const terminal = processTerminal();

process.on('unhandledRejection', (reason) => {
  terminal.warn(reason instanceof Error ? reason.message : String(reason));
});
process.on('uncaughtException', (error) => {
  reportProblem(error, terminal);
  process.exit(EXIT_CODES.internal);
});

// What a script waits for need not keep the process alive by itself: a timer, a promise of a plugin.
const working = setInterval(() => undefined, 2 ** 30);
process.exitCode = await runCommandLine(process.argv.slice(2), terminal);
clearInterval(working);

// Nothing is left to do: what a plugin left open ends with the process.
setTimeout(() => process.exit(), 1_000).unref();
