/** The door of the resolver: names to slots, and what calls of the script's own functions need. */
export { resolve, type Met } from './resolver.js';
export type { Faults } from './faults.js';
export {
  missingArguments,
  multipleValues,
  parameterNames,
  tooManyArguments,
  unexpectedName,
} from './parameter-fault.js';
