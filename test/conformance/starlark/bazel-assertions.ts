/** What the scripts of bazelbuild's suite find. */
import { repr } from '../../../runtimes/starlark/index.js';
import type { Value } from '../../../runtimes/starlark/index.js';
import { equals, str, truth } from '../../../runtimes/starlark/values/index.js';
import { runtimeError } from '../../../runtimes/starlark/index.js';
import type { Properties, Stage } from './rehearsal.js';

/** The names of one run. */
export function bazelProperties(stage: Stage): Properties {
  const assertions = [
    stage.assertion('assert_eq', ({ budget }, [x, y]) =>
      equals(budget, x!, y!) ? undefined : `${repr(budget, x!)} != ${repr(budget, y!)}`,
    ),
    stage.assertion('assert_ne', ({ budget }, [x, y]) =>
      equals(budget, x!, y!) ? `${repr(budget, x!)} == ${repr(budget, y!)}` : undefined,
    ),
    stage.assertion('assert_', ({ budget }, [condition, message]) =>
      truth(condition!) ? undefined : str(budget, message ?? 'assertion failed'),
    ),
  ];
  return {
    predeclared: new Map<string, Value>(assertions.map((assertion) => [assertion.name, assertion])),
    load: (module) => {
      throw runtimeError(`load: no module "${module}"`);
    },
  };
}
