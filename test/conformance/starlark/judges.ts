/** The ways to judge a chunk. Each answers what went otherwise than the chunk says. */
import { OPEN_DIALECT, STRICT_DIALECT, StarlarkError } from '../../../runtimes/starlark/index.js';
import type { Dialect } from '../../../runtimes/starlark/index.js';
import { resolve } from '../../../runtimes/starlark/resolve/index.js';
import { parse, positionOf } from '../../../runtimes/starlark/syntax/index.js';
import { bazelProperties } from './bazel-assertions.js';
import type { Chunk } from './chunks.js';
import { goProperties } from './go-assertions.js';
import { lineOf, rehearse } from './rehearsal.js';
import type { Properties, Stage } from './rehearsal.js';
import { Findings } from './verdict.js';
import type { Verdict } from './verdict.js';

/** Judges one chunk. */
export type Judge = (chunk: Chunk) => Verdict | Promise<Verdict>;

/** Only read: the text must parse, or fail on the line. */
export const judgeSyntax: Judge = (chunk) => {
  const errors = errorsOf(() => parse(chunk.source, goDialect(chunk.source)));
  return judgeErrors(chunk, errors, new Findings(), /^script\/syntax$/);
};

/** Read and resolved, with the names of starlark-go's test: `M` predeclared, two of the language. */
export const judgeNames: Judge = (chunk) => {
  const dialect = goDialect(chunk.source);
  const errors = errorsOf(() =>
    resolve(parse(chunk.source, dialect), {
      dialect,
      isPredeclared: (name) => name === 'M',
      isUniversal: (name) => name === 'U' || name === 'float',
      names: () => ['M', 'U', 'float'],
    }),
  );
  return judgeErrors(chunk, errors, new Findings(), /^script\/(syntax|name)$/);
};

/** Run, with starlark-go's assertions. */
export const judgeGo: Judge = (chunk) => {
  const lines = new Set(chunk.expected.map(({ line }) => line));
  return judgeRun(chunk, goDialect(chunk.source), goProperties, (error) =>
    lines.has(lineOf(error, chunk.source)) ? lineOf(error, chunk.source) : undefined,
  );
};

/**
 * Run, with bazelbuild's assertions. The comment of an error may stand on any line of the statement at top
 * level that raised it.
 */
export const judgeBazel: Judge = (chunk) => {
  const statementAt = statementsOf(chunk.source);
  return judgeRun(chunk, BAZEL_DIALECT, bazelProperties, (error) => {
    const places = placesOf(error, chunk.source);
    return chunk.expected.find(({ line }) =>
      places.some((place) => place === line || statementAt(place) === statementAt(line)),
    )?.line;
  });
};

/**
 * Runs a chunk and judges it; `wantedAt` answers the line that expects an error. An error that nobody
 * expects ends the chunk: it is run again without the statement that raised it, so that what follows is
 * judged, too.
 */
async function judgeRun(
  chunk: Chunk,
  dialect: Dialect,
  furnish: (stage: Stage) => Properties,
  wantedAt: (error: StarlarkError) => number | undefined,
): Promise<Verdict> {
  const findings = new Findings();
  for (let { source } = chunk; ;) {
    const { failed, raised, unraised, errors } = await rehearse(source, dialect, furnish);
    const [error] = errors;
    if (error?.code === 'script/runtime' && wantedAt(error) === undefined) {
      findings.fault(lineOf(error, source), error.message);
      source = withoutStatement(source, error, dialect);
      continue;
    }
    for (const { line, text } of failed) findings.fault(line, text);
    for (const { message, wording } of raised) findings.error(message, [wording]);
    findings.expected += unraised;
    return judgeErrors(chunk, errors, findings, FAILURES, wantedAt);
  }
}

/** The source without the statement at top level that raised an error, its lines left blank. */
function withoutStatement(source: string, error: StarlarkError, dialect: Dialect): string {
  const at = error.trace.at(-1)?.at ?? error.at ?? 0;
  const starts = parse(source, dialect).body.map((statement) => source.lastIndexOf('\n', statement.at) + 1);
  const from = starts.filter((start) => start <= at).at(-1) ?? 0;
  const to = starts.find((start) => start > at) ?? source.length;
  return source.slice(0, from) + source.slice(from, to).replace(/[^\n]/g, ' ') + source.slice(to);
}

const BAZEL_DIALECT: Dialect = { ...STRICT_DIALECT, reassignGlobals: true };

/** starlark-go's test reads the dialect's switches from comments. */
function goDialect(source: string): Dialect {
  const on = (name: string): boolean => source.includes(`option:${name}`);
  return {
    ...STRICT_DIALECT,
    sets: on('set'),
    whileLoops: on('while'),
    topLevelControl: on('toplevelcontrol'),
    reassignGlobals: on('globalreassign'),
    recursion: on('recursion'),
  };
}

/** What a script may fail with: its own faults, and limits that other implementations have, too. */
const FAILURES = /^(script\/.*|limit\/(depth|memory))$/;

/** Each expected error must come on its line, with a code of the right kind, and no other may. */
function judgeErrors(
  { source, expected }: Chunk,
  errors: readonly StarlarkError[],
  findings: Findings,
  kind: RegExp,
  wantedAt = (error: StarlarkError): number | undefined => lineOf(error, source),
): Verdict {
  const wanted = new Map(expected.map(({ line, wordings }) => [line, wordings]));
  for (const error of errors) {
    const line = wantedAt(error) ?? 0;
    const wordings = kind.test(error.code) ? wanted.get(line) : undefined;
    if (wordings === undefined) findings.fault(lineOf(error, source), error.message);
    else findings.error(error.message, wordings);
    if (wordings !== undefined) wanted.delete(line);
  }
  for (const [line, wordings] of wanted) findings.missed(line, wordings);
  return findings;
}

function errorsOf(act: () => unknown): readonly StarlarkError[] {
  try {
    act();
    return [];
  } catch (error) {
    if (error instanceof StarlarkError) return [error, ...error.also];
    throw error;
  }
}

/** The lines of an error and of the calls on its way. */
function placesOf(error: StarlarkError, source: string): number[] {
  const calls = error.trace.map(({ at }) => positionOf(source, at).line);
  return [lineOf(error, source), ...calls];
}

/** Numbers the statements at top level, by line. */
function statementsOf(source: string): (line: number) => number {
  let starts: number[];
  try {
    starts = parse(source, OPEN_DIALECT).body.map(({ at }) => positionOf(source, at).line);
  } catch {
    starts = [];
  }
  return (line) => starts.filter((start) => start <= line).length;
}
