/** The door to the language's own functions and methods. */
export { universe } from './universe.js';
export { openUniverse } from './open-universe.js';
export { bindMethod, method, methodNames, openMethod, openMethodNames } from './methods.js';
export type { Methods } from './methods.js';
export { builtin, callingBuiltin, naming } from './definition.js';
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
export type { Bound, Kind, Parameter } from './parameter.js';
export { signature } from './signature.js';
export type { Binder } from './signature.js';
