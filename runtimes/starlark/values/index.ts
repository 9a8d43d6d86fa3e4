/** The door to what scripts compute with. */
export { Budget } from './budget.js';
export type { BudgetLimits } from './budget.js';
export { Builtin, TypeBuiltin } from './builtin.js';
export { NO_NAMES, PENDING } from './thread.js';
export type { BuiltinBody, Eventual, MethodBody, Pending, Thread } from './thread.js';
export { Bytes, Callable, Float, Func, List, Module, Mutable, Range, Struct, Tuple } from './value.js';
export type { Members, Value } from './value.js';
export { Dict } from './dict.js';
export { StarlarkSet } from './set.js';
export { HostValue } from './host-value.js';
export { ErrorClass, ErrorValue, caughtValue, makeError, raised } from './error-value.js';

export {
  COLLECTION_BYTES,
  FLOAT_BYTES,
  ITEM_BYTES,
  METHOD_BYTES,
  RANGE_BYTES,
  SEQUENCE_BYTES,
  chargeBytes,
  chargeEntries,
  chargeGrowth,
  chargeItems,
  chargeScan,
  chargeSort,
  chargeText,
  sequenceBytes,
} from './cost.js';
export { isHashable } from './key.js';
export { scatter } from './scatter.js';
export { length, truth, typeName } from './kind.js';
export { checkMutable } from './mutation.js';
export { freeze } from './freeze.js';
export { SAMPLES, isNoFunction, judge, sampleOf } from './sample.js';
export type { CallCheck, CallFault, Glimpse, GlimpsedCall, GlimpsedValue } from './glimpse.js';
export { literalValue } from './literal.js';
export { attributeError, attributeNames, getAttribute, setAttribute } from './attribute.js';

export { equals, isSubset } from './equality.js';
export { compare } from './order.js';
export type { OrderOperator } from './order.js';
export { add, divide, floorDivide, modulo, multiply, negate, positive, subtract } from './arithmetic.js';
export { bitAnd, bitOr, bitXor, invert, shiftLeft, shiftRight } from './bits.js';
export { Needle, needleFor } from './needle.js';
export { contains } from './membership.js';
export { binaryOperation } from './operator.js';
export type { BinaryOperator } from './operator.js';
export { difference, intersection, mergeDicts, symmetricDifference, union } from './set-algebra.js';

export { index, setIndex } from './element.js';
export { deleteIndex, deleteSlice } from './deletion.js';
export { slice, sliceBounds } from './slice.js';
export { uncalledHint } from './uncalled.js';
export { isCollection, isIterable, iterate, iterationHint, unpack, unpackAround } from './sequence.js';

export { bitsOf, isInteger, makeInteger, truncate } from './integer.js';
export type { Integer } from './integer.js';
export { toNumber } from './number.js';
export { power, powerModulo } from './power.js';
export { integerText, parseInteger } from './integer-text.js';
export { floatText, parseFloatText } from './float-text.js';

export { encodeJson } from './json-encoder.js';
export { decodeJson } from './json-decoder.js';
export { indentJson } from './json-indent.js';
export { fromJson, toJson } from './interop.js';

export { repr, str } from './text.js';
export { textBlocks } from './quote.js';
export { TextBuilder } from './text-builder.js';
export { decodeUtf8 } from './utf8.js';
export { formatPercent } from './percent.js';
export { formatMethod } from './template.js';
export { formatField } from './field.js';
