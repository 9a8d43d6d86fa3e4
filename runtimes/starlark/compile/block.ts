/** Statements one after another. */
import { PENDING } from '../values/index.js';
import { action, mustWatch, statement } from './code.js';
import type { StatementCode } from './code.js';
import type { Completion } from './completion.js';
import type { Frame } from './frame.js';
import type { Machine } from './machine.js';

/** Statements in one unrolled block; a longer one is a block of blocks. */
const UNROLLED = 4;

/** Statements as one statement; none is one that does nothing. */
export function blockCode(machine: Machine, codes: readonly StatementCode[]): StatementCode {
  if (codes.length === 1) return codes[0]!;
  if (codes.length > UNROLLED) return blockCode(machine, groups(machine, codes));
  const weight = codes.reduce((sum, code) => sum + code.weight, 0);
  if (!codes.some(mustWatch)) return action(weight, actions(codes.map((code) => code.act)));
  const facts = {
    suspends: codes.some((code) => code.suspends),
    abrupt: codes.some((code) => code.abrupt),
  };
  return statement(weight, facts, watched(machine, codes));
}

function groups(machine: Machine, codes: readonly StatementCode[]): StatementCode[] {
  const result: StatementCode[] = [];
  for (let i = 0; i < codes.length; i += UNROLLED) {
    result.push(blockCode(machine, codes.slice(i, i + UNROLLED)));
  }
  return result;
}

type Act = (frame: Frame) => unknown;

/** Statements that always complete normally. */
function actions([a, b, c, d]: readonly Act[]): (frame: Frame) => undefined {
  if (a === undefined || b === undefined) return () => undefined;
  if (c === undefined) {
    return (frame) => {
      a(frame);
      b(frame);
    };
  }
  if (d === undefined) {
    return (frame) => {
      a(frame);
      b(frame);
      c(frame);
    };
  }
  return (frame) => {
    a(frame);
    b(frame);
    c(frame);
    d(frame);
  };
}

/** Statements of which some may suspend or complete abruptly. */
function watched(machine: Machine, codes: readonly StatementCode[]): (frame: Frame) => Completion {
  const [a, b, c, d] = codes.map((code) => code.run);
  const goOn = suspension(machine, codes);
  return (frame) => {
    let completion = a!(frame);
    if (completion !== undefined) return completion === PENDING ? goOn(frame, 1) : completion;
    completion = b!(frame);
    if (completion !== undefined) return completion === PENDING ? goOn(frame, 2) : completion;
    if (c === undefined) return undefined;
    completion = c(frame);
    if (completion !== undefined) return completion === PENDING ? goOn(frame, 3) : completion;
    return d === undefined ? undefined : d(frame);
  };
}

/** Keeps the rest of the block, from the statement with this number. */
function suspension(
  machine: Machine,
  codes: readonly StatementCode[],
): (frame: Frame, next: number) => Completion {
  const runs = codes.map((code) => code.run);
  const rest = (frame: Frame, start: number): Completion => {
    for (let i = start; i < runs.length; i++) {
      const completion = runs[i]!(frame);
      if (completion === PENDING) return i + 1 < runs.length ? goOn(frame, i + 1) : PENDING;
      if (completion !== undefined) return completion;
    }
    return undefined;
  };
  const goOn = (frame: Frame, next: number): Completion =>
    next === runs.length
      ? PENDING
      : machine.after((completion) => (completion === undefined ? rest(frame, next) : completion));
  return goOn;
}
