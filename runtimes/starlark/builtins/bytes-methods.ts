/** Methods of bytes (specification: "built-in methods", bytes·…). */
import { runtimeError } from '../error.js';
import { chargeScan, chargeText, decodeUtf8 } from '../values/index.js';
import type { Bytes, Thread } from '../values/index.js';
import { method } from './definition.js';
import type { MethodTable } from './definition.js';
import { named, optional, string } from './parameter.js';
import { byteElems } from './string-elements.js';

/** Those of the specification. */
export const bytesMethods: MethodTable<Bytes> = new Map([method('elems', [], byteElems)]);

/** With those that Python has beyond it. */
export const openBytesMethods: MethodTable<Bytes> = new Map([
  ...bytesMethods,
  method('decode', [named(optional('encoding', string)), named(optional('errors', string))], decode),
  method('hex', [], hex),
]);

/** What is no UTF-8 becomes U+FFFD, whatever `errors` says. */
function decode({ budget }: Thread, { data }: Bytes, encoding = 'utf-8'): string {
  checkEncoding(encoding);
  chargeText(budget, data.length);
  return decodeUtf8(data);
}

function hex({ budget }: Thread, { data }: Bytes): string {
  chargeText(budget, 2 * data.length);
  chargeScan(budget, 16 * data.length);
  return Array.from(data, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** Refuses every encoding but UTF-8, and ASCII as a part of it. */
export function checkEncoding(encoding: string): void {
  if (/^(utf-?8|ascii)$/i.test(encoding.replaceAll('_', '-'))) return;
  throw runtimeError('got an encoding that is not here, want utf-8');
}
