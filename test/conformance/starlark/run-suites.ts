/** Runs the suites and counts how the chunks of each file did. */
import { markAt } from './differences.js';
import type { Listing } from './differences.js';
import type { SuiteFile } from './suites.js';
import type { Fault, Verdict } from './verdict.js';

/** What the chunks of one file came to. */
export interface Tally {
  readonly suite: string;
  readonly file: string;
  chunks: number;
  passed: number;
  /** Chunks that differ only where the list of differences says so. */
  listed: number;
  failed: number;
  /** Errors that must be raised: how many, those raised in their place, those worded alike. */
  expected: number;
  met: number;
  worded: number;
}

/** A fault that stands in no list. */
export interface Failure extends Fault {
  /** Suite and name. */
  readonly file: string;
  /** What the list of differences would know its place by. */
  readonly mark: string;
}

/** Everything that a run finds out. */
export interface Report {
  readonly tallies: readonly Tally[];
  readonly failures: readonly Failure[];
}

/** Judges every chunk of the files, one after another. */
export async function runSuites(files: Iterable<SuiteFile>, listing: Listing): Promise<Report> {
  const tallies: Tally[] = [];
  const failures: Failure[] = [];
  for (const file of files) {
    const tally = emptyTally(file);
    tallies.push(tally);
    for (const chunk of file.chunks) {
      const verdict = await file.judge(chunk);
      const unlisted = failuresOf(file, chunk.line, verdict.faults, listing);
      failures.push(...unlisted);
      count(tally, verdict, unlisted.length);
    }
  }
  return { tallies, failures };
}

function emptyTally({ suite, name }: SuiteFile): Tally {
  return { suite, file: name, chunks: 0, passed: 0, listed: 0, failed: 0, expected: 0, met: 0, worded: 0 };
}

/** The faults of a chunk that are not listed. One without a line is the chunk's. */
function failuresOf(
  file: SuiteFile,
  chunkLine: number,
  faults: readonly Fault[],
  listing: Listing,
): Failure[] {
  const name = `${file.suite}/${file.name}`;
  const lines = file.text.split(/\r?\n/);
  return faults
    .map((fault) => ({ ...fault, file: name, mark: markAt(lines, fault.line > 0 ? fault.line : chunkLine) }))
    .filter(({ mark }) => !listing.has(name, mark));
}

function count(tally: Tally, verdict: Verdict, unlisted: number): void {
  tally.chunks++;
  if (verdict.faults.length === 0) tally.passed++;
  else if (unlisted === 0) tally.listed++;
  else tally.failed++;
  tally.expected += verdict.expected;
  tally.met += verdict.met;
  tally.worded += verdict.worded;
}
