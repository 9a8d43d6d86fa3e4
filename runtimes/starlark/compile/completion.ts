/** How a statement ends. */
import type { Eventual } from '../values/index.js';

/** `break` on its way to the loop. */
export const BREAK: unique symbol = Symbol('break');
/** `continue` on its way to the loop. */
export const CONTINUE: unique symbol = Symbol('continue');

/** `undefined`: normally; BREAK and CONTINUE; PENDING: not yet; else the value that the function returns. */
export type Completion = Eventual | undefined | typeof BREAK | typeof CONTINUE;
