/** Puts a composition together: chooses nothing, wires what it is given. */
import { systemClock } from './clock.js';
import type { Clock } from './clock.js';
import type { CodeMode } from './code-mode.js';
import { wire } from './container.js';
import { ToolscriptError } from './error.js';
import { EventFeed } from './events.js';
import { isJsonObject } from './json.js';
import { languageOf } from './languages.js';
import { Lifecycle } from './lifecycle.js';
import { completeLimits } from './limit-check.js';
import type { LimitPolicy, Limits, OriginOf } from './limit-policy.js';
import type { ScriptRuntime } from './script-runtime.js';
import type { TelemetrySink } from './telemetry-sink.js';
import { noTools } from './tool-dispatcher.js';
import type { ToolDispatcher } from './tool-dispatcher.js';
import { plainIndex } from './tool-index.js';
import type { ToolIndex } from './tool-index.js';

/** What may stand for a policy: limits are one for everyone. */
export type PolicyPart = LimitPolicy | Partial<Limits>;

/** The parts of a composition. `CodeMode.close` closes them all. */
export interface CodeModeParts {
  /** What runs scripts; of several, one for each language, the first is the default. */
  readonly runtime: ScriptRuntime | readonly ScriptRuntime[];
  /** Default: no tools. */
  readonly dispatcher?: ToolDispatcher | undefined;
  /** A policy, or limits for everyone, or several of them; what is left out is the default. */
  readonly limits?: PolicyPart | readonly PolicyPart[] | undefined;
  /** Default: none. */
  readonly sinks?: readonly TelemetrySink[] | undefined;
  /** What finds tools, in one ranking; default: plain words. */
  readonly indexes?: readonly ToolIndex[] | undefined;
  /**
   * Whether callers who may run scripts find a prompt that asks for one, and a resource about each language, among
   * the servers' own. Default false.
   */
  readonly guide?: boolean | undefined;
  /** Default: the machine's. */
  readonly clock?: Clock | undefined;
}

/** Composes code mode. Rejects with `config/invalid`, and then has closed what it was given. */
export async function createCodeMode(parts: CodeModeParts): Promise<CodeMode> {
  checkParts(parts);
  const { dispatcher = noTools, limits = [], sinks = [], clock = systemClock } = parts;
  const offersGuide = parts.guide === true;
  const indexes = parts.indexes?.length ? parts.indexes : [plainIndex];
  const lifecycle = new Lifecycle();
  const events = lifecycle.own(new EventFeed(sinks, clock));
  for (const index of indexes) lifecycle.own(index);
  const policyParts = isList(limits) ? limits : [limits];
  for (const part of policyParts) if (isPolicy(part)) lifecycle.own(part);
  lifecycle.own(dispatcher);
  const runtimes = listed(parts.runtime);
  for (const runtime of runtimes) lifecycle.own(runtime);
  try {
    const policies = policyParts.map((part) => (isPolicy(part) ? part : policyOf(part)));
    for (const learner of [...policies, ...indexes]) learner.learn?.(originsFrom(dispatcher));
    return wire({ runtimes, dispatcher, policies, events, indexes, clock, offersGuide, lifecycle });
  } catch (thrown) {
    await lifecycle.close().catch(() => undefined);
    throw thrown;
  }
}

function isList(limits: PolicyPart | readonly PolicyPart[]): limits is readonly PolicyPart[] {
  return Array.isArray(limits);
}

function isPolicy(part: PolicyPart): part is LimitPolicy {
  return POLICY_METHODS.some((method) => canDo(part, [method]));
}

function originsFrom(dispatcher: ToolDispatcher): OriginOf {
  return (tool) => {
    try {
      return dispatcher.origin?.(tool);
    } catch {
      return undefined;
    }
  };
}

const POLICY_METHODS: readonly (keyof LimitPolicy)[] = [
  'limitsFor',
  'languagesFor',
  'authorize',
  'showsScripts',
  'visibleTools',
  'authorizeContext',
  'visibleContext',
  'admit',
];

/** Out of range throws at start; no limits at all are no policy to ask. */
function policyOf(choice: Partial<Limits>): LimitPolicy {
  completeLimits(choice);
  return Object.keys(choice).length === 0 ? {} : { limitsFor: () => choice };
}

/** What each part must be able to do. */
const METHODS = {
  dispatcher: ['listTools', 'callTool'],
  clock: ['now', 'after'],
} as const;

function checkParts(parts: unknown): void {
  const given: Readonly<Record<string, unknown>> = isJsonObject(parts) ? parts : {};
  const faults = Object.entries(METHODS).flatMap(([name, methods]) => {
    return given[name] !== undefined && !canDo(given[name], methods)
      ? [`${name} needs ${methods.join(' and ')}`]
      : [];
  });
  const runtimes = listed(given['runtime']);
  const isRunnable = runtimes.length > 0 && runtimes.every((runtime) => canDo(runtime, ['run', 'signature']));
  if (!isRunnable) faults.unshift('runtime needs run and signature');
  else faults.push(...languageFaults(runtimes as readonly ScriptRuntime[]));
  const { sinks = [], indexes = [] } = given;
  if (!allCan(sinks, 'record')) faults.push('sinks need record');
  if (!allCan(indexes, 'search')) faults.push('indexes need search');
  if (faults.length === 0) return;
  throw new ToolscriptError({ code: 'config/invalid', message: `compose: ${faults.join('; ')}` });
}

/** One, or several. */
function listed<Part>(part: Part | readonly Part[]): readonly Part[] {
  return Array.isArray(part) ? (part as readonly Part[]) : [part as Part];
}

function languageFaults(runtimes: readonly ScriptRuntime[]): string[] {
  const languages = runtimes.map(languageOf);
  const twice = languages.filter((language, index) => languages.indexOf(language) !== index);
  return [...new Set(twice)].map((language) => `runtime has ${language} twice, want each language once`);
}

function allCan(parts: unknown, method: string): boolean {
  return Array.isArray(parts) && parts.every((part) => canDo(part, [method]));
}

function canDo(part: unknown, methods: readonly string[]): boolean {
  if (typeof part !== 'object' || part === null) return false;
  try {
    return methods.every((method) => typeof (part as Record<string, unknown>)[method] === 'function');
  } catch {
    return false;
  }
}
