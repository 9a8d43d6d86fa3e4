/** Refuses what only a host can do wrong: a request that is none. */
import { ToolscriptError } from './error.js';
import { isJsonObject } from './json.js';
import { limitFaults } from './limit-check.js';
import { typeMet } from './type-name.js';

/** Throws `config/invalid` with every fault of a run's request or a call's context. */
export function checkRequest(act: string, request: unknown): void {
  const faults = isJsonObject(request) ? requestFaults(request) : [`got ${typeMet(request)}, want an object`];
  if (faults.length === 0) return;
  throw new ToolscriptError({ code: 'config/invalid', message: `${act}: ${faults.join('; ')}` });
}

/** Throws `config/invalid` when a tool's name is no text. */
export function checkToolName(tool: unknown): void {
  if (typeof tool === 'string') return;
  const message = `call a tool: its name is ${typeMet(tool)}, want a string`;
  throw new ToolscriptError({ code: 'config/invalid', message });
}

/** Throws `config/invalid` with every fault of a search. */
export function checkQuery(query: unknown): void {
  const { text, keywords = [], limit } = isJsonObject(query) ? query : ({} as Record<string, unknown>);
  const faults = [
    ...(typeof text === 'string' ? [] : [`text is ${typeMet(text)}, want a string`]),
    ...(isTexts(keywords) ? [] : ['keywords must be strings']),
    ...(Number.isInteger(limit) && Number(limit) > 0 ? [] : ['limit must be a whole number from 1']),
  ];
  if (faults.length === 0) return;
  throw new ToolscriptError({ code: 'config/invalid', message: `find tools: ${faults.join('; ')}` });
}

function requestFaults(request: Readonly<Record<string, unknown>>): string[] {
  const { id, caller, signal, limits, onProgress } = request;
  return [
    ...(isAbsentOr(id, isId) ? [] : [`id is ${typeMet(id)}, want a string of 1 to 100 characters`]),
    ...(isAbsentOr(caller, isCaller) ? [] : ['caller needs an id that is a string']),
    ...(isAbsentOr(signal, isSignal) ? [] : [`signal is ${typeMet(signal)}, want an AbortSignal`]),
    ...(isAbsentOr(onProgress, isFunction) ? [] : [`onProgress is ${typeMet(onProgress)}, want a function`]),
    ...(limits === undefined ? [] : limitFaults(limits)),
  ];
}

function isAbsentOr(value: unknown, check: (value: unknown) => boolean): boolean {
  return value === undefined || check(value);
}

const isId = (value: unknown): boolean => typeof value === 'string' && /^[^]{1,100}$/u.test(value);
const isCaller = (value: unknown): boolean => isJsonObject(value) && typeof value['id'] === 'string';
const isSignal = (value: unknown): boolean => value instanceof AbortSignal;
const isTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.every((item) => typeof item === 'string');
const isFunction = (value: unknown): boolean => typeof value === 'function';
