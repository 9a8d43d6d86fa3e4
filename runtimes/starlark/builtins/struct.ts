/** `struct`. */
import { runtimeError } from '../error.js';
import { Struct, chargeEntries } from '../values/index.js';
import { builtin } from './definition.js';
import { anything, others, rest } from './parameter.js';

/** A value with the named fields, in the order given. */
export const struct = builtin(
  'struct',
  [rest('args', anything), others('fields')],
  ({ budget }, args, fields) => {
    if (args.length > 0) throw runtimeError('unexpected positional arguments', 'struct(name=value, …)');
    chargeEntries(budget, fields.size);
    return new Struct(fields);
  },
);
