/**
 * The door to the language's own functions and methods, and to the means of making more.
 *
 * `universe` and `method` are the specification's; those that begin with `open` hold more: what models
 * write because Python has it.
 */
export { universe } from './universe.js';
export { openUniverse } from './open-universe.js';
export { mayHaveField, openField } from './fields.js';
export { FOREIGN_MEMBERS } from './foreign-members.js';
export { bindMethod, method, methodNames, openMethod, openMethodNames } from './methods.js';

export { builtin, callingBuiltin, naming } from './definition.js';
export { signature } from './signature.js';
export {
  anything,
  bool,
  callable,
  int,
  iterable,
  keyword,
  named,
  number,
  optional,
  orNone,
  others,
  required,
  rest,
  string,
} from './parameter.js';
export type { Kind } from './parameter.js';
