/** Loading the engine in a fresh process. */
import { execFileSync } from 'node:child_process';
import { median } from '../timing.js';
import { row } from './table.js';

const PROCESSES = 21;

const PROGRAM = `
const before = process.cpuUsage();
const start = performance.now();
await import(process.argv[1]);
const ms = performance.now() - start;
const { user, system } = process.cpuUsage(before);
console.log(JSON.stringify([ms, (user + system) / 1000]));
`;

/** Prints milliseconds of wall and of processor time. */
export function load(door: string): void {
  const times = Array.from({ length: PROCESSES }, () => {
    const args = ['--input-type=module', '-e', PROGRAM, door];
    return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' })) as [number, number];
  });
  console.log(`loading the engine, in ms: ${PROCESSES} fresh processes\n`);
  console.log(row('', ['least', 'median']));
  ['wall', 'processor'].forEach((name, part) => {
    const figures = times.map((pair) => pair[part]!);
    console.log(row(name, [Math.min(...figures), median(figures)]));
  });
  console.log();
}
