/** `retry(f, attempts=3, delay_ms=200)`: calls again what may succeed the next time. */
import { runtimeError } from '../error.js';
import type { StarlarkError } from '../error.js';
import { Builtin, Callable, Float, NO_NAMES, typeName } from '../values/index.js';
import type { Eventual, Pending, Thread, Value } from '../values/index.js';
import { checkRetry } from './retry-check.js';
import { RETRY_PARAMETERS, multipleValues, noFunction, tooMany, unexpectedName } from './retry-fault.js';

const ATTEMPTS = 3;
const DELAY_MS = 200;
/** No pause between two attempts is longer. */
const LONGEST_DELAY_MS = 30_000;

/** Failures that come back however often one tries. */
const FINAL: ReadonlySet<string> = new Set(['tool/arguments', 'tool/denied', 'tool/unknown']);

/** A `retry` that sleeps this way. Each pause is twice as long as the one before. */
export function retryWith(sleep: (delayMs: number) => Pending): Builtin {
  return new Builtin(
    'retry',
    (thread, args, names) => new Retry(thread, sleep, argumentsOf(args, names)).run(1),
    true,
    undefined,
    checkRetry,
  );
}

interface Arguments {
  readonly callee: Value;
  readonly attempts: number;
  readonly delayMs: number;
}

class Retry {
  constructor(
    private readonly thread: Thread,
    private readonly sleep: (delayMs: number) => Pending,
    private readonly args: Arguments,
  ) {}

  run(attempt: number): Eventual {
    const { callee, attempts } = this.args;
    const again = (error: StarlarkError): Eventual => {
      if (attempt >= attempts || FINAL.has(error.code)) throw error;
      return this.afterPause(attempt);
    };
    return this.thread.guard(callee, [], NO_NAMES, (value) => value, again);
  }

  /** Attempts follow one another on a stack that does not grow: the pause takes the old one down. */
  private afterPause(attempt: number): Eventual {
    const delayMs = Math.min(this.args.delayMs * 2 ** (attempt - 1), LONGEST_DELAY_MS);
    return this.thread.invoke(this.pauseOf(delayMs), [], () => this.run(attempt + 1));
  }

  private pauseOf(delayMs: number): Builtin {
    return new Builtin('retry', () => this.sleep(delayMs), true);
  }
}

function argumentsOf(args: readonly Value[], names: readonly string[]): Arguments {
  const given = new Map<string, Value>();
  const count = args.length - names.length;
  if (count > RETRY_PARAMETERS.length) throw tooMany(count);
  args.forEach((value, i) => {
    const name = i < count ? RETRY_PARAMETERS[i]! : names[i - count]!;
    if (!RETRY_PARAMETERS.includes(name)) throw unexpectedName(name);
    if (given.has(name)) throw multipleValues(name);
    given.set(name, value);
  });
  return {
    callee: functionOf(given.get('f')),
    attempts: atLeast('attempts', given.get('attempts') ?? ATTEMPTS, 1),
    delayMs: atLeast('delay_ms', given.get('delay_ms') ?? DELAY_MS, 0),
  };
}

function functionOf(value: Value | undefined): Value {
  if (value instanceof Callable) return value;
  throw noFunction(value === undefined ? 'nothing' : typeName(value));
}

function atLeast(name: string, value: Value, least: number): number {
  const number = value instanceof Float ? value.value : value;
  if (typeof number === 'number' && number >= least) return number;
  const met = typeof number === 'number' ? 'less' : typeName(value);
  throw runtimeError(`retry: got ${met} for ${name}, want at least ${String(least)}`);
}
