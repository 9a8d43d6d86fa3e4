/** `fails(f)`: the message with which f fails; None when it does not. */
import { Builtin, NO_NAMES } from '../../../../runtimes/starlark/index.js';

export const fails = new Builtin(
  'fails',
  (thread, [f]) =>
    thread.guard(
      f!,
      [],
      NO_NAMES,
      () => null,
      (error) => error.message,
    ),
  true,
);
