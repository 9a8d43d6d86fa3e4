/** An error that a script did not catch, as core's Failure: with its place in the text, and what to do. */
import { nearestName } from '../../../core/index.js';
import type { Failure, Meter } from '../../../core/index.js';
import { HINTS, NO_MODULES } from './names.js';
import { framesOf } from './stack-trace.js';

/** An error as the guest program describes it. */
export interface GuestError {
  readonly name: string;
  readonly message: string;
  readonly stack: string;
  /** What the host told the script, where the error is the host's. */
  readonly failure?: Failure;
}

/** What is known besides. */
export interface FailureContext {
  readonly meter: Meter;
  /** Lines of the evaluated text that stand before the script. */
  readonly linesBefore: number;
  /** The names that the script could have meant. */
  readonly names: () => readonly string[];
}

/** The failure. */
export function failureFrom(error: GuestError, context: FailureContext): Failure {
  return { ...(error.failure ?? described(error, context)), ...placeIn(error.stack, context.linesBefore) };
}

/** The place that a stack tells of, and the calls that led there. */
export function placeIn(stack: string, linesBefore: number): Pick<Failure, 'position' | 'backtrace'> {
  const backtrace = framesOf(stack, linesBefore);
  const last = backtrace.at(-1);
  return {
    ...(last !== undefined && { position: { line: last.line, column: last.column } }),
    ...(backtrace.length > 1 && { backtrace }),
  };
}

function described({ name, message }: GuestError, { meter, names }: FailureContext): Failure {
  if (name === 'InternalError' && message === 'out of memory') return limitOf(meter, 'memoryBytes');
  if (name === 'InternalError' && message === 'stack overflow') return limitOf(meter, 'callDepth');
  const hint = hintFor(message, names);
  return {
    code: name === 'SyntaxError' ? 'script/syntax' : 'script/runtime',
    message: name === '' ? `throw: ${message}` : `${name}: ${message}`,
    ...(hint !== undefined && { hint }),
  };
}

function limitOf(meter: Meter, limit: 'memoryBytes' | 'callDepth'): Failure {
  const { code, message, hint } = meter.exceeded(limit);
  return { code, message, ...(hint !== undefined && { hint }) };
}

function hintFor(message: string, names: () => readonly string[]): string | undefined {
  const unknown = /^'?([\p{ID_Start}$_][\p{ID_Continue}$]*)'? is not defined$/u.exec(message)?.[1];
  if (unknown !== undefined) {
    const nearest = nearestName(
      unknown,
      names().filter((name) => name !== unknown),
    );
    return HINTS.get(unknown) ?? (nearest === undefined ? undefined : `did you mean ${nearest}?`);
  }
  return OTHER_HINTS.find(([pattern]) => pattern.test(message))?.[1];
}

const OTHER_HINTS: readonly (readonly [pattern: RegExp, hint: string])[] = [
  [/^could not load module/, NO_MODULES],
  [/cannot mix BigInt/i, 'integers beyond 2^53 are BigInt here: write 1n, or Number(value)'],
  [/of undefined$|of null$/, 'console.log the value before it; a tool call needs await'],
];
