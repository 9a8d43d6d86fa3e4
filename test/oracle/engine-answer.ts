/** How a program ends on our engine, told in the words of the oracle. */
import {
  Builtin,
  Bytes,
  Callable,
  Dict,
  Float,
  List,
  STRICT_DIALECT,
  StarlarkSet,
  Struct,
  Tuple,
  positionOf,
  repr,
  runStarlark,
  runtimeError,
  typeName,
} from '../../runtimes/starlark/index.js';
import type {
  StarlarkError,
  Budget,
  BuiltinBody,
  Dialect,
  EngineLimits,
  Value,
} from '../../runtimes/starlark/index.js';
import type { Fault, OracleAnswer, OracleOptions, Told } from './oracle.js';

/** What both sides may use is small, so that the one without limits on memory is not asked for much. */
const LIMITS: Partial<EngineLimits> = {
  steps: 200_000,
  memoryBytes: 16 << 20,
  valueBytes: 1 << 20,
  wallTimeMs: 5000,
};
/** Waits, where the oracle's does not. */
const host: BuiltinBody = (thread, args, names) =>
  thread.wait(Promise.resolve(onlyArgument('host', args, names)));

function onlyArgument(name: string, [x, ...more]: readonly Value[], names: readonly string[]): Value {
  if (names.length > 0) throw runtimeError(`${name}: unexpected keyword arguments`);
  if (x === undefined || more.length > 0) throw runtimeError(`${name}: got other arguments, want 1`);
  return x;
}

/** As in `encode.go`. */
const MOST_NODES = 20_000;

/** Ends with faults of the phase `limit` where the program met one of ours. */
export async function engineAnswer(source: string, options: OracleOptions): Promise<EngineAnswer> {
  const seen: Told[] = [];
  const prints: string[] = [];
  const see: BuiltinBody = ({ budget }, args, names) => {
    const x = onlyArgument('see', args, names);
    seen.push(tell(budget, x));
    return x;
  };
  const result = await runStarlark(source, {
    dialect: dialectFor(options),
    predeclared: new Map<string, Value>([
      ['see', new Builtin('see', see)],
      ['host', new Builtin('host', host, true)],
    ]),
    limits: LIMITS,
    print: (line) => prints.push(line),
  });
  const faults = result.ok ? [] : [result.error, ...result.error.also].map((error) => faultOf(error, source));
  return { seen, prints, steps: result.usage.steps, faults };
}

export interface EngineAnswer extends Omit<OracleAnswer, 'faults'> {
  readonly faults: readonly (Omit<Fault, 'phase'> & { readonly phase: Fault['phase'] | 'limit' })[];
}

function dialectFor(options: OracleOptions): Dialect {
  return {
    ...STRICT_DIALECT,
    sets: options.set === true,
    whileLoops: options.while === true,
    topLevelControl: options.topLevelControl === true,
    reassignGlobals: options.globalReassign === true,
    recursion: options.recursion === true,
  };
}

const PHASES = new Map<string, Fault['phase']>([
  ['script/syntax', 'parse'],
  ['script/name', 'resolve'],
  ['script/runtime', 'run'],
]);

function faultOf({ code, message, at }: StarlarkError, source: string): EngineAnswer['faults'][number] {
  if (code === 'internal') throw new Error(`the engine failed: ${message}`);
  const line = at === undefined ? 0 : positionOf(source, at).line;
  return { phase: PHASES.get(code) ?? 'limit', message, line };
}

function tell(budget: Budget, value: Value): Told {
  const teller = new Teller(budget);
  const told = teller.tell(value);
  return teller.nodes > MOST_NODES ? { large: true } : told;
}

/** As `encode.go` does it. */
class Teller {
  nodes = 0;
  private readonly met = new Map<Value, number>();

  constructor(private readonly budget: Budget) {}

  tell(value: Value): Told {
    this.nodes++;
    if (this.nodes > MOST_NODES || value === null) return null;
    if (typeof value === 'boolean' || typeof value === 'string') return value;
    if (typeof value === 'number' || typeof value === 'bigint') return { int: String(value) };
    if (value instanceof Float) return { float: value.value };
    if (value instanceof Bytes) return { bytes: Buffer.from(value.data).toString('hex') };
    if (value instanceof Tuple) return { tuple: this.items(value.items) };
    if (value instanceof List || value instanceof Dict || value instanceof StarlarkSet)
      return this.collection(value);
    return this.rare(value);
  }

  private rare(value: Exclude<Value, null | boolean | string | number | bigint>): Told {
    if (value instanceof Builtin) return { builtin: value.name };
    if (value instanceof Callable) return { function: value.name };
    if (value instanceof Struct) {
      const names = [...value.fields.keys()].sort();
      return { struct: names.map((name) => [name, this.tell(value.fields.get(name)!)]) };
    }
    return { [typeName(value)]: repr(this.budget, value) };
  }

  private collection(value: List | Dict | StarlarkSet): Told {
    const again = this.met.get(value);
    if (again !== undefined) return { again };
    this.met.set(value, this.met.size);
    if (value instanceof Dict)
      return { dict: [...value.entries()].map(([key, item]) => [this.tell(key), this.tell(item)]) };
    return { [value.typeName]: this.items(value instanceof List ? value.items : value.items()) };
  }

  private items(items: readonly Value[]): Told[] {
    return items.map((item) => this.tell(item));
  }
}
