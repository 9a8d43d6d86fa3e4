/** The smallest thread that runs builtins: everything answers at once, nothing waits. */
import { StarlarkError } from '../../../../runtimes/starlark/error.js';
import { Budget, Builtin, Func } from '../../../../runtimes/starlark/values/index.js';
import type {
  BudgetLimits,
  Eventual,
  Pending,
  Thread,
  Value,
} from '../../../../runtimes/starlark/values/index.js';

/** The limits of the product, with a clock that stands still. */
export const LIMITS: BudgetLimits = {
  steps: 1_000_000,
  memoryBytes: 128 << 20,
  valueBytes: 16 << 20,
  callDepth: 200,
  valueDepth: 100,
  integerBits: 100_000,
  deadline: Infinity,
  now: () => 0,
  sliceMs: Infinity,
};

/** A function of the script, made in JavaScript. */
export class TestFunction extends Func {
  constructor(
    readonly name: string,
    readonly apply: (...args: Value[]) => Value,
  ) {
    super();
  }
}

export class PlainThread implements Thread {
  readonly printed: string[] = [];
  readonly callSite = undefined;

  constructor(readonly budget = new Budget(LIMITS)) {}

  print(line: string): void {
    this.printed.push(line);
  }

  call(callee: Value, args: Value[], names: readonly string[]): Eventual {
    if (callee instanceof Builtin) return callee.body(this, args, names);
    if (callee instanceof TestFunction) return callee.apply(...args);
    throw new StarlarkError('script/runtime', 'invalid call of non-function');
  }

  invoke(callee: Value, args: Value[], then: (result: Value) => Eventual): Eventual {
    return then(this.call(callee, args, []) as Value);
  }

  invokeEach(
    callee: Value,
    count: number,
    argsOf: (index: number) => Value[],
    take: (result: Value, index: number) => void,
    then: () => Eventual,
  ): Eventual {
    for (let index = 0; index < count; index++) take(this.call(callee, argsOf(index), []) as Value, index);
    return then();
  }

  guard(): Eventual {
    throw new Error('a plain thread guards nothing');
  }

  giveWay(): Pending {
    throw new Error('a plain thread never gives way');
  }

  wait(): Pending {
    throw new Error('a plain thread waits for nothing');
  }

  fork(): Eventual {
    throw new Error('a plain thread has no branches');
  }
}
