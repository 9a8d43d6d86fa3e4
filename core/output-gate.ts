/**
 * The only way out for what a script leaves behind: its value, logs, ledger and error text.
 *
 * What passes is bounded and says nothing of this process: no stack, no path, no cause.
 */
import type { BacktraceFrame, Failure, Position } from './error.js';
import { isJsonArray, isJsonObject, setKey } from './json.js';
import type { Json } from './json.js';
import type { Ledger } from './ledger.js';
import type { Meter } from './meter.js';
import type { Outcome } from './outcome.js';
import type { ScriptResult } from './script-runtime.js';
import { cutText } from './short-text.js';
import { asToolscriptError } from './thrown.js';

const MAX_MESSAGE = 4_000;
const MAX_HINT = 1_000;
const MAX_NAME = 200;
const MAX_ALSO = 20;
/** Frames shown at each end of a long backtrace. */
const MAX_FRAMES_AT_END = 10;

/** What a run leaves behind besides its result. */
export interface RunRecord {
  readonly meter: Meter;
  readonly ledger: Ledger;
  readonly logs: readonly string[];
}

/** The outcome of a run. A result that is too large, or no result at all, becomes a failure here. */
export function outcomeOf(result: ScriptResult, { meter, ledger, logs }: RunRecord): Outcome {
  const checked = checkedResult(result, meter);
  return { ...checked, logs: [...logs], calls: ledger.calls, tally: ledger.tally, usage: meter.usage() };
}

function checkedResult(result: ScriptResult, meter: Meter): ScriptResult {
  try {
    if (!result.ok) return { ok: false, error: boundedFailure(result.error) };
    meter.countOutput(result.text);
    return { ok: true, value: result.value, text: result.text };
  } catch (thrown) {
    return { ok: false, error: failureOf(thrown) };
  }
}

/** What was thrown, as a failure; without a code it is a fault of ours, and its text stays inside. */
export function failureOf(thrown: unknown): Failure {
  return boundedFailure(asToolscriptError(thrown) ?? internalFailure(thrown));
}

function internalFailure(thrown: unknown): Failure {
  const kind = thrown instanceof Error ? ` (${cutText(thrown.name, MAX_NAME)})` : '';
  return { code: 'internal', message: `run: a fault of Toolscript itself, not of the script${kind}` };
}

/** A failure with nothing in it but what belongs there, cut to size. */
export function boundedFailure(failure: Failure): Failure {
  const { backtrace, also } = failure;
  return {
    ...boundedFault(failure),
    ...(backtrace !== undefined && backtrace.length > 0 && { backtrace: boundedBacktrace(backtrace) }),
    ...(also !== undefined && also.length > 0 && { also: also.slice(0, MAX_ALSO).map(boundedFault) }),
  };
}

function boundedFault({
  code,
  message,
  position,
  hint,
  tool,
  retryAfterMs,
}: Failure): Omit<Failure, 'also' | 'backtrace'> {
  return {
    code,
    message: cutText(message, MAX_MESSAGE),
    ...(position !== undefined && { position: placeOf(position) }),
    ...(hint !== undefined && { hint: cutText(hint, MAX_HINT) }),
    ...(tool !== undefined && { tool: cutText(tool, MAX_NAME) }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
  };
}

function placeOf({ line, column }: Position): Position {
  return { line, column };
}

function boundedBacktrace(frames: readonly BacktraceFrame[]): BacktraceFrame[] {
  const isShort = frames.length <= 2 * MAX_FRAMES_AT_END;
  const shown = isShort
    ? frames
    : [...frames.slice(0, MAX_FRAMES_AT_END), ...frames.slice(-MAX_FRAMES_AT_END)];
  return shown.map((frame) => ({ function: cutText(frame.function, MAX_NAME), ...placeOf(frame) }));
}

/** A value as every JSON parser takes it: integers beyond 2^53 become decimal strings. */
export function plainJson(value: Json): Exclude<Json, bigint> {
  if (typeof value === 'bigint') return value.toString();
  if (isJsonArray(value)) return value.map(plainJson);
  if (!isJsonObject(value)) return value;
  const copy: Record<string, Json> = {};
  for (const [key, item] of Object.entries(value)) setKey(copy, key, plainJson(item));
  return copy;
}
