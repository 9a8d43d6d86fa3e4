/** Methods of bytes (specification: "built-in methods", bytes·…). */
import type { Bytes } from '../values/index.js';
import { method } from './definition.js';
import type { MethodTable } from './definition.js';
import { byteElems } from './string-elements.js';

/** The same in all dialects. */
export const bytesMethods: MethodTable<Bytes> = new Map([method('elems', [], byteElems)]);
