/** The classes of errors as scripts call them: `ValueError("…")` makes an error, `raise` throws it. */
import { runtimeError } from '../error.js';
import { ERROR_CLASSES } from '../error-class.js';
import type { ErrorClassName } from '../error-class.js';
import { ErrorClass, Tuple, makeError, repr, str } from '../values/index.js';
import type { Budget, Value } from '../values/index.js';

/** One for each name. */
export const errorClasses: readonly ErrorClass[] = ERROR_CLASSES.map(
  (name) =>
    new ErrorClass(name, ({ budget }, args, names) => {
      if (names.length > 0) throw unexpectedName(name, names[0]!);
      return makeError(budget, name, args, textOf(budget, args));
    }),
);

/** One argument is the message; several are shown together. */
function textOf(budget: Budget, args: readonly Value[]): string {
  if (args.length === 0) return '';
  return args.length === 1 ? str(budget, args[0]!) : repr(budget, new Tuple(args));
}

function unexpectedName(name: ErrorClassName, argument: string): unknown {
  return runtimeError(`${name}: unexpected keyword argument ${argument}`, `${name}("message")`);
}
