/** The public suites: which files, how they are cut, and how a chunk is judged. */
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Checkouts } from './arguments.js';
import { readBazelChunks, readGoChunks } from './chunks.js';
import type { Chunk } from './chunks.js';
import { judgeBazel, judgeGo, judgeNames, judgeSyntax } from './judges.js';
import type { Judge } from './judges.js';

interface Suite {
  readonly checkout: keyof Checkouts;
  readonly folder: string;
  /** Default: every `.star` file. */
  readonly files?: readonly string[];
  /** Files that are left out, each with the reason. */
  readonly without?: Readonly<Record<string, string>>;
  readonly read: (text: string) => Chunk[];
  readonly judge: Judge;
}

/** In the order of the table. */
export const SUITES: readonly Suite[] = [
  {
    checkout: 'starlarkGo',
    folder: 'starlark/testdata',
    without: {
      'proto.star': 'protocol buffers are a library of starlark-go, not of the language',
      'time.star': 'the time module is a library of starlark-go, not of the language',
    },
    read: readGoChunks,
    judge: judgeGo,
  },
  {
    checkout: 'starlarkGo',
    folder: 'syntax/testdata',
    files: ['errors.star', 'scan.star'],
    read: readGoChunks,
    judge: judgeSyntax,
  },
  {
    checkout: 'starlarkGo',
    folder: 'resolve/testdata',
    read: readGoChunks,
    judge: judgeNames,
  },
  ...['go', 'java', 'rust'].map((implementation): Suite => ({
    checkout: 'starlark',
    folder: `test_suite/testdata/${implementation}`,
    read: readBazelChunks,
    judge: judgeBazel,
  })),
];

/** A file of a suite, cut. */
export interface SuiteFile {
  readonly suite: string;
  readonly name: string;
  readonly chunks: readonly Chunk[];
  readonly text: string;
  readonly judge: Judge;
}

/** The files of all suites, in the order of the table. */
export function* filesOf(checkouts: Checkouts): Iterable<SuiteFile> {
  for (const { checkout, folder, files, without = {}, read, judge } of SUITES) {
    const path = join(checkouts[checkout], folder);
    const found =
      files ??
      readdirSync(path)
        .filter((name) => name.endsWith('.star'))
        .sort();
    for (const name of found.filter((each) => !Object.hasOwn(without, each))) {
      const text = readFileSync(join(path, name), 'utf8');
      yield { suite: `${REPOSITORIES[checkout]}/${folder}`, name, text, chunks: read(text), judge };
    }
  }
}

/** The files that are left out, each with the reason, as lines. */
export function leftOut(): string[] {
  return SUITES.flatMap(({ checkout, folder, without = {} }) =>
    Object.entries(without).map(
      ([name, reason]) => `left out: ${REPOSITORIES[checkout]}/${folder}/${name}: ${reason}`,
    ),
  );
}

const REPOSITORIES: Record<keyof Checkouts, string> = { starlarkGo: 'starlark-go', starlark: 'starlark' };
