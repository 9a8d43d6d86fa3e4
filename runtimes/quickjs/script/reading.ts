/**
 * Reads a script's text into a sandbox: as a text that may await and whose last expression is its value; else, as
 * the body of an async function, which may return; else as TypeScript, without its types. What is refused has run
 * nothing.
 */
import type { QuickJSHandle } from 'quickjs-emscripten-core';

import type { Failure, Position } from '../../../core/index.js';
import { TYPESCRIPT_HINT } from '../packages.js';
import type { EvaluationOptions, Sandbox } from '../sandbox/sandbox.js';
import { failureFrom } from './guest-failure.js';
import type { FailureContext, GuestError } from './guest-failure.js';
import { SCRIPT_FILE } from './stack-trace.js';
import { NO_MODULES } from './names.js';
import { mayHaveTypeArguments, withoutTypes } from './type-stripping.js';
import type { Stripped } from './type-stripping.js';
import { unknownCalls } from './unknown-calls.js';

/** The promise of a script that has begun, or may; or why it cannot. */
export type Reading =
  { readonly ok: true; readonly promise: QuickJSHandle } | { readonly ok: false; readonly error: Failure };

/** Lines that stand before a script that is the body of a function. */
const LINES_BEFORE_BODY = 1;

/** What is known of the names that a script may use. */
export interface ReadingContext extends Omit<FailureContext, 'linesBefore'> {
  /** Whether it is one of a tool or of data. */
  readonly has: (name: string) => boolean;
  /** With `parse` the text never begins. */
  readonly mode: EvaluationOptions['mode'];
}

/** Evaluates a text up to where it first awaits, or reads it alone. */
export async function readScript(
  sandbox: Sandbox,
  source: string,
  context: ReadingContext,
): Promise<Reading> {
  const read = (text: string): Reading => readJavaScript(sandbox, text, context);
  const plain = mayHaveTypeArguments(source) ? undefined : read(source);
  if (plain?.ok === true || (plain !== undefined && !LOOKS_TYPED.test(source))) return plain;
  const stripped = await withoutTypes(source);
  if (stripped.kind === 'text') return read(stripped.text);
  const reading = plain ?? read(source);
  if (reading.ok) return reading;
  return { ok: false, error: typedFailure(reading.error, stripped, source.split(LINE_END)) };
}

function readJavaScript(sandbox: Sandbox, source: string, context: ReadingContext): Reading {
  const unknown = unknownCalls(source, context.has, context.names);
  const mode = unknown === undefined ? context.mode : 'parse';
  const first = sandbox.evaluate(source, SCRIPT_FILE, { linesBefore: 0, mode });
  if (first.ok) return accepted(first.promise, unknown);
  const error = JSON.parse(first.error) as GuestError;
  if (!RETURNS.test(error.message)) return refused(error, { ...context, linesBefore: 0 }, source);
  const body = `(async () => {\n${source}\n})()`;
  const second = sandbox.evaluate(body, SCRIPT_FILE, { linesBefore: LINES_BEFORE_BODY, mode });
  if (second.ok) return accepted(second.promise, unknown);
  return refused(
    JSON.parse(second.error) as GuestError,
    { ...context, linesBefore: LINES_BEFORE_BODY },
    source,
  );
}

/** A text that can be read: it has begun, or, calling what nobody has, it never begins. */
function accepted(promise: QuickJSHandle, unknown: Failure | undefined): Reading {
  return unknown === undefined ? { ok: true, promise } : { ok: false, error: unknown };
}

const LINE_END = /\r\n|[\n\r\u2028\u2029]/;
const RETURNS = /return not in a function/;

function refused(error: GuestError, context: FailureContext, source: string): Reading {
  const failure = failureFrom(error, context);
  const lines = source.split(LINE_END);
  const position = failure.position && withinLines(failure.position, lines);
  const hint = MODULE_LINE.test(lines[(position?.line ?? 0) - 1] ?? '') ? NO_MODULES : failure.hint;
  return {
    ok: false,
    error: { ...failure, ...(position && { position }), ...(hint !== undefined && { hint }) },
  };
}

/** What is missing at the end of a script is missed behind it. */
function withinLines(position: Position, lines: readonly string[]): Position {
  if (position.line <= lines.length) return position;
  return { line: lines.length, column: Array.from(lines.at(-1)!).length + 1 };
}

const MODULE_LINE = /^\s*(?:import|export)\b/;

/** What only TypeScript has. */
const LOOKS_TYPED =
  /\b(?:interface|type|enum|namespace|declare|abstract|readonly|private|public|protected)\s+[\w$]|[\w$)\]?]\s*:\s*[\w$[{(]|\b(?:as|satisfies)\s+\w|[\w$)\]]!/;

function typedFailure(
  plain: Failure,
  stripped: Exclude<Stripped, { kind: 'text' }>,
  lines: readonly string[],
): Failure {
  if (stripped.kind === 'missing') return { ...plain, hint: plain.hint ?? TYPESCRIPT_HINT };
  const { message, position } = stripped;
  return {
    code: 'script/syntax',
    message: `SyntaxError: ${message}`,
    ...(position !== undefined && { position: withinLines(position, lines) }),
    ...(plain.hint !== undefined && { hint: plain.hint }),
  };
}
