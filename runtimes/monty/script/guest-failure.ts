/** An exception that a script did not catch, as core's Failure: with its place in the text, and what to do. */
import type { Frame, MontyError } from '@pydantic/monty';

import { failureOf, nearestName, ToolscriptError } from '../../../core/index.js';
import type { BacktraceFrame, Failure, LimitName, Meter, Position } from '../../../core/index.js';
import type { FramedScript } from './framed-script.js';
import { NAME_HINTS } from './names.js';

/** Calls that a backtrace shows at each end. */
const SHOWN_CALLS = 10;

/** What is known besides. */
export interface FailureContext {
  readonly meter: Meter;
  readonly frame: FramedScript;
  /** Whether the script's time is up. */
  readonly isOverdue: boolean;
  /** The host's error that the exception stands for. */
  readonly told: ToolscriptError | undefined;
  /** The names that the script could have meant. */
  readonly names: () => readonly string[];
}

/** The failure; and the limit that was met, where the script could not have caught it. */
export function guestFailure(
  error: MontyError,
  context: FailureContext,
): { readonly failure: Failure; readonly limit?: Error } {
  const frames = 'traceback' in error ? (error as MontyError & { traceback(): Frame[] }).traceback() : [];
  const { typeName, message } = error.exception;
  const limit = limitMet(typeName, message, { frames, isOverdue: context.isOverdue });
  const backtrace = backtraceOf(frames, context.frame);
  const position = backtrace.at(-1) ?? syntaxPosition(error, context.frame);
  const met = limit === undefined ? undefined : context.meter.exceeded(limit);
  const failure: Failure = {
    ...(met === undefined ? described(error, context) : failureOf(met)),
    ...(position !== undefined && { position: { line: position.line, column: position.column } }),
    ...(backtrace.length > 1 && { backtrace: shortened(backtrace) }),
  };
  if (met === undefined || limit === 'callDepth') return { failure };
  return { failure, limit: new ToolscriptError(failure) };
}

/** An error of the host as a failure. */
export function hostFailure(thrown: unknown): Failure {
  if (thrown instanceof ToolscriptError) return failureOf(thrown);
  return { code: 'internal', message: 'run the script: the host failed' };
}

interface Circumstances {
  readonly frames: readonly Frame[];
  readonly isOverdue: boolean;
}

/** A script may raise the same by name: then it has a place, or other words. */
function limitMet(
  type: string,
  message: string,
  { frames, isOverdue }: Circumstances,
): LimitName | undefined {
  if (type === 'TimeoutError' && frames.length === 0) return isOverdue ? 'wallTimeMs' : 'steps';
  if (type === 'MemoryError' && /^(?:memory|allocation) limit exceeded/.test(message)) return 'memoryBytes';
  if (type === 'RecursionError' && message === 'maximum recursion depth exceeded') return 'callDepth';
  return undefined;
}

function described(error: MontyError, { told, names }: FailureContext): Failure {
  if (told !== undefined) return failureOf(told);
  const { typeName, message } = error.exception;
  const unsupported = /^The monty syntax parser does not yet support (.*)$/.exec(message)?.[1];
  if (unsupported !== undefined) {
    const hint = SYNTAX_HINTS.find(([pattern]) => pattern.test(unsupported))?.[1];
    const text = `read the script: met ${unsupported}, which this Python does not have`;
    return { code: 'script/syntax', message: text, ...(hint !== undefined && { hint }) };
  }
  const hint = hintFor(typeName, message, names);
  return {
    code: typeName === 'SyntaxError' ? 'script/syntax' : 'script/runtime',
    message: message === '' ? typeName : `${typeName}: ${message}`,
    ...(hint !== undefined && { hint }),
  };
}

const SYNTAX_HINTS: readonly (readonly [pattern: RegExp, hint: string])[] = [
  [/class/, 'use dicts and functions'],
  [/yield/, 'build a list and return it'],
  [/match/, 'use if and elif'],
  [/'del'/, 'write d.pop(key)'],
  [/exception groups/, 'use except'],
];

function hintFor(type: string, message: string, names: () => readonly string[]): string | undefined {
  const unknown = /^name '(.*)' is not defined$/.exec(message)?.[1];
  if (unknown !== undefined) {
    const nearest = nearestName(unknown, names());
    return NAME_HINTS.get(unknown) ?? (nearest === undefined ? undefined : `did you mean ${nearest}?`);
  }
  const module = /^No module named '([^'.]*)/.exec(message)?.[1];
  if (module !== undefined) return NAME_HINTS.get(module) ?? MODULES;
  return OTHER_HINTS.find(([pattern]) => pattern.test(`${type}: ${message}`))?.[1];
}

const MODULES = 'json, math, re and datetime can be imported, all else comes from tools';

const OTHER_HINTS: readonly (readonly [pattern: RegExp, hint: string])[] = [
  [
    /^PermissionError|is not supported in this environment/,
    'a script has no files and no machine: call a tool',
  ],
  [
    /can't be awaited|awaitable is required/,
    'a tool call needs no await; parallel([lambda: a(), lambda: b()]) runs at the same time',
  ],
  [/'dict' object has no attribute/, 'a dict is read as d["key"] or d.get("key")'],
  [/object is not callable/, 'parallel and attempt take functions: parallel([lambda: a(), lambda: b()])'],
  [
    /not JSON serializable/,
    'results and arguments are dict, list, str, int, float, bool and None: list(x) or str(x)',
  ],
  [/not JSON compliant/, 'NaN and infinity are no JSON: write None in their place'],
  [/keys must be str/, 'write str(key)'],
  [/for %: 'str'/, 'write an f-string'],
  [
    /recursion limit exceeded|nested too deeply/,
    'a list or dict within itself, or more than 150 levels: return less of it',
  ],
];

function backtraceOf(frames: readonly Frame[], script: FramedScript): BacktraceFrame[] {
  return frames.flatMap(({ functionName, line, column }) => {
    const position = script.positionOf(line, column);
    const name = functionName === undefined || functionName === '<module>' ? '<toplevel>' : functionName;
    return position === undefined ? [] : [{ function: name, ...position }];
  });
}

function shortened(backtrace: readonly BacktraceFrame[]): readonly BacktraceFrame[] {
  if (backtrace.length <= 2 * SHOWN_CALLS) return backtrace;
  return [...backtrace.slice(0, SHOWN_CALLS), ...backtrace.slice(-SHOWN_CALLS)];
}

/** A syntax error has its place in its picture alone: the line without indentation, and marks below it. */
function syntaxPosition(error: MontyError, script: FramedScript): Position | undefined {
  const shown: { display(format?: string): string } = error;
  if (error.exception.typeName !== 'SyntaxError') return undefined;
  const picture = /, line (\d+)\n {4}(.*)\n {4}( *)[~^]/.exec(shown.display('traceback'));
  if (picture === null) return undefined;
  const [, line, text, before] = picture;
  return script.positionIn(Number(line), text!, before!.length);
}
