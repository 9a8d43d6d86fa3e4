/** The door of the optimizer: two tools in place of many. */
export { CALL_TOOL_NAME, FIND_TOOL_NAME } from './meta-tools.js';
export { createOptimizer, type OptimizerOptions } from './optimizer.js';
