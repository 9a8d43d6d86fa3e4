/** An error of the engine as core's Failure: offsets become lines and columns. */
import { ERROR_CODES } from '../../../core/index.js';
import type { BacktraceFrame, ErrorCode, Failure, LimitName, Meter, Position } from '../../../core/index.js';
import type { StarlarkError } from '../error.js';
import { positionOf } from '../syntax/index.js';

/** Calls that a backtrace shows at each end. */
const SHOWN_CALLS = 10;

/** The limits that the engine meets by itself, by the code that it gives them. */
const LIMITS: ReadonlyMap<string, LimitName> = new Map([
  ['limit/steps', 'steps'],
  ['limit/wall-time', 'wallTimeMs'],
  ['limit/memory', 'memoryBytes'],
  ['limit/depth', 'callDepth'],
]);

export function failureFrom(error: StarlarkError, source: string, meter: Meter): Failure {
  const backtrace = backtraceOf(error, source);
  return {
    ...described(error, source, meter),
    ...(backtrace.length > 0 && { backtrace }),
    ...(error.also.length > 0 && { also: error.also.map((other) => described(other, source, meter)) }),
  };
}

function described(error: StarlarkError, source: string, meter: Meter): Omit<Failure, 'also' | 'backtrace'> {
  const hint = error.hint ?? limitHint(error.code, meter);
  return {
    code: codeOf(error),
    message: error.message,
    ...(error.at !== undefined && { position: positionOf(source, error.at) }),
    ...(hint !== undefined && { hint }),
    ...(error.tool !== undefined && { tool: error.tool }),
  };
}

function codeOf({ code }: StarlarkError): ErrorCode {
  return Object.hasOwn(ERROR_CODES, code) ? (code as ErrorCode) : 'internal';
}

function limitHint(code: string, meter: Meter): string | undefined {
  const limit = LIMITS.get(code);
  return limit === undefined ? undefined : meter.exceeded(limit).hint;
}

/** The calls on the way, outermost first: each function with the place in it. */
function backtraceOf({ trace, at }: StarlarkError, source: string): BacktraceFrame[] {
  if (trace.length === 0 || at === undefined) return [];
  const places = [at, ...trace.map((entry) => entry.at)];
  const calls = [...trace.map((entry) => entry.function), '<toplevel>'].map((name, index) => ({
    name,
    at: places[index]!,
  }));
  const isLong = calls.length > 2 * SHOWN_CALLS;
  const shown = isLong ? [...calls.slice(0, SHOWN_CALLS), ...calls.slice(-SHOWN_CALLS)] : calls;
  return shown.map(({ name, at }) => ({ function: name, ...place(source, at) })).reverse();
}

function place(source: string, at: number): Position {
  return positionOf(source, Math.max(at, 0));
}
