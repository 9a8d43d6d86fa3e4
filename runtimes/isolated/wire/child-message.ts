/**
 * Checks what a child says. A child may have been broken into: what does not have the form of a message is
 * a violation, and ends the child.
 */
import { DEFAULT_LIMITS, ERROR_CODES, isJsonArray, isJsonObject } from '../../../core/index.js';
import type { Failure, JsonObject, LimitName, RuntimeUsage } from '../../../core/index.js';
import { FrameError } from './frame.js';
import type { ToParent } from './message.js';

/** Levels of nesting in a message; a value has at most 200, and its envelope a few. */
const MAX_LEVELS = 512;

/** The message, once it is one; throws a {@link FrameError}. */
export function childMessage(message: unknown): ToParent {
  if (!isJsonObject(message)) throw new FrameError('a message that is no object');
  demand(hasLevels(message, MAX_LEVELS), 'a message that is nested too deep');
  const { type } = message;
  const form = typeof type === 'string' ? FORMS.get(type) : undefined;
  if (form === undefined) throw new FrameError('a message of an unknown type');
  if (!fits(message, form)) throw new FrameError('a message of another form');
  return message;
}

/** JSON text as its value; throws a {@link FrameError} for what is none, or too deep. */
export function checkedJson(text: string): unknown {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw new FrameError('a result that is no JSON');
  }
  demand(hasLevels(value, MAX_LEVELS), 'a result that is nested too deep');
  return value;
}

function demand(holds: boolean, otherwise: string): void {
  if (!holds) throw new FrameError(otherwise);
}

type Form = (message: JsonObject) => boolean;

function fits(message: unknown, form: Form): message is ToParent {
  return isJsonObject(message) && form(message);
}

const FORMS: ReadonlyMap<string, Form> = new Map<string, Form>([
  ['ready', () => true],
  ['unfit', ({ reason }) => typeof reason === 'string'],
  [
    'call',
    ({ id, call, tool, args, usage, position }) =>
      areCounts(id, call) &&
      isText(tool) &&
      isJsonObject(args) &&
      isUsage(usage) &&
      isPositionIfAny(position),
  ],
  ['find', ({ id, call, text, limit }) => areCounts(id, call, limit) && typeof text === 'string'],
  ['print', ({ id, lines }) => areCounts(id) && isListOf(lines, isText)],
  [
    'progress',
    ({ id, done, total, message }) =>
      areCounts(id) && typeof done === 'number' && isIfAny(total, isNumber) && isIfAny(message, isText),
  ],
  ['wait', ({ id, waits }) => areCounts(id) && typeof waits === 'boolean'],
  [
    'result',
    ({ id, ok, text, error, usage, met }) =>
      areCounts(id) && (ok === true ? isText(text) : isFailure(error)) && isUsage(usage) && isLimitIfAny(met),
  ],
]);

function areCounts(...values: readonly unknown[]): boolean {
  return values.every((value) => Number.isSafeInteger(value) && (value as number) >= 0);
}

function isText(value: unknown): value is string {
  return typeof value === 'string';
}

function isNumber(value: unknown): value is number {
  return typeof value === 'number';
}

function isIfAny(value: unknown, is: (value: unknown) => boolean): boolean {
  return value === undefined || is(value);
}

function isListOf(value: unknown, is: (item: unknown) => boolean): boolean {
  return isJsonArray(value) && value.every(is);
}

function isLimitIfAny(value: unknown): value is LimitName | undefined {
  return isIfAny(value, (name) => typeof name === 'string' && Object.hasOwn(DEFAULT_LIMITS, name));
}

function isPositionIfAny(value: unknown): boolean {
  return isIfAny(value, isPosition);
}

function isPosition(value: unknown): boolean {
  return isJsonObject(value) && areCounts(value['line'], value['column']);
}

function isUsage(value: unknown): value is RuntimeUsage {
  if (!isJsonObject(value)) return false;
  return ['steps', 'memoryBytes', 'branches'].every((name) => isIfAny(value[name], isAmount));
}

function isAmount(value: unknown): boolean {
  return typeof value === 'number' && value >= 0;
}

function isFailure(value: unknown): value is Failure {
  if (!isFault(value)) return false;
  return isIfAny(value['backtrace'], (frames) => isListOf(frames, isFrame)) && isAlso(value['also']);
}

function isAlso(value: unknown): boolean {
  return isIfAny(value, (faults) => isListOf(faults, isFault));
}

function isFault(value: unknown): value is JsonObject {
  if (!isJsonObject(value)) return false;
  const { code, message, position, hint, tool, retryAfterMs } = value;
  return (
    typeof code === 'string' &&
    Object.hasOwn(ERROR_CODES, code) &&
    isText(message) &&
    isPositionIfAny(position) &&
    isIfAny(hint, isText) &&
    isIfAny(tool, isText) &&
    isIfAny(retryAfterMs, isAmount)
  );
}

function isFrame(value: unknown): boolean {
  return isPosition(value) && isText((value as JsonObject)['function']);
}

/** Whether a value is nested at most so deep. */
function hasLevels(value: unknown, levels: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  if (levels === 0) return false;
  if (isJsonArray(value)) return value.every((item) => hasLevels(item, levels - 1));
  return Object.values(value).every((item) => hasLevels(item, levels - 1));
}
