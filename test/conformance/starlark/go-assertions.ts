/** What the scripts of starlark-go's suite find: its assertions, and the values that its test host gives. */
import {
  HostValue,
  List,
  Module,
  Tuple,
  makeInteger,
  repr,
  runtimeError,
} from '../../../runtimes/starlark/index.js';
import { Float, Builtin } from '../../../runtimes/starlark/index.js';
import type { Thread, Value } from '../../../runtimes/starlark/index.js';
import { universe } from '../../../runtimes/starlark/builtins/index.js';
import {
  compare,
  contains,
  equals,
  freeze,
  str,
  toNumber,
  truth,
} from '../../../runtimes/starlark/values/index.js';
import type { Properties, Stage } from './rehearsal.js';

/** The names and modules of one run. */
export function goProperties(stage: Stage): Properties {
  const modules = new Map([
    ['assert.star', assertModule(stage)],
    ['json.star', new Module('json.star', new Map([['json', universe.get('json')!]]))],
    ['math.star', new Module('math.star', new Map([['math', universe.get('math')!]]))],
  ]);
  const load = (name: string): Value => {
    const module = modules.get(name);
    if (module === undefined) throw runtimeError(`load: no module "${name}"`);
    return module;
  };
  return {
    predeclared: new Map<string, Value>([
      ['fibonacci', FIBONACCI],
      ['hasfields', HASFIELDS],
    ]),
    load,
  };
}

/** A value whose fields a script may set; those that begin with `no` it refuses. A list plus it is 42. */
class HasFields extends HostValue {
  private readonly values = new Map<string, Value>();

  override get typeName(): string {
    return 'hasfields';
  }

  override fields(): Iterable<string> {
    return this.values.keys();
  }

  override field(name: string): Value | undefined {
    return this.values.get(name);
  }

  override assign(name: string, value: Value): void {
    if (name.startsWith('no')) throw runtimeError(`no .${name} field`);
    this.values.set(name, value);
  }

  override operate(operator: string, other: Value, side: 'left' | 'right'): Value | undefined {
    return operator === '+' && side === 'right' && other instanceof List ? 42 : undefined;
  }
}

const HASFIELDS = new Builtin('hasfields', () => new HasFields());

/** Stands for an endless sequence: nobody reads so far. */
const FIBONACCI = new Tuple(fibonacci(1000));

function fibonacci(count: number): Value[] {
  const numbers = [0n, 1n];
  while (numbers.length < count) numbers.push(numbers.at(-1)! + numbers.at(-2)!);
  return numbers.map((number) => makeInteger(number));
}

function assertModule(stage: Stage): Module {
  const members = [
    stage.assertion('contains', ({ budget }, [x, y]) =>
      contains(budget, x!, y!) ? undefined : `${repr(budget, x!)} does not contain ${repr(budget, y!)}`,
    ),
    stage.assertion('eq', (thread, [x, y]) =>
      same(thread, x!, y!) ? undefined : compared(thread, x!, '!=', y!),
    ),
    stage.assertion('fail', ({ budget }, [message]) => str(budget, message!)),
    stage.raising('fails'),
    stage.assertion('lt', (thread, [x, y]) =>
      compare(thread.budget, x!, y!, '<') < 0 ? undefined : compared(thread, x!, 'is not less than', y!),
    ),
    stage.assertion('ne', (thread, [x, y]) =>
      equals(thread.budget, x!, y!) ? compared(thread, x!, '==', y!) : undefined,
    ),
    stage.assertion('true', ({ budget }, [condition, message]) =>
      truth(condition!) ? undefined : str(budget, message ?? 'assertion failed'),
    ),
  ];
  const assert = new Module('assert', new Map(members.map((member) => [member.name, member])));
  return new Module(
    'assert.star',
    new Map<string, Value>([
      ['assert', assert],
      ['freeze', FREEZE],
    ]),
  );
}

const FREEZE = new Builtin('freeze', (_thread, [value]) => {
  freeze(value!);
  return value!;
});

/** Equal, or floats next to each other. */
function same({ budget }: Thread, x: Value, y: Value): boolean {
  if (equals(budget, x, y)) return true;
  if (!(x instanceof Float || y instanceof Float)) return false;
  const [a, b] = [floatOf(x), floatOf(y)];
  return a !== undefined && b !== undefined && (neighbour(a, 1n) === b || neighbour(a, -1n) === b);
}

function floatOf(value: Value): number | undefined {
  return value instanceof Float || typeof value === 'number' || typeof value === 'bigint'
    ? toNumber(value)
    : undefined;
}

/** The float that comes so many after the given one, by its bits. */
function neighbour(value: number, distance: bigint): number {
  const view = new DataView(new ArrayBuffer(8));
  view.setFloat64(0, value);
  view.setBigInt64(0, view.getBigInt64(0) + distance);
  return view.getFloat64(0);
}

function compared({ budget }: Thread, x: Value, relation: string, y: Value): string {
  return `${repr(budget, x)} ${relation} ${repr(budget, y)}`;
}
