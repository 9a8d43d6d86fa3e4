/** Fills the container of one composition. */
import { BackendWatch } from './backend-watch.js';
import type { Clock } from './clock.js';
import type { CodeMode } from './code-mode.js';
import { ComposedCodeMode } from './composed-code-mode.js';
import { ContextCaller } from './context-caller.js';
import { DirectCaller } from './direct-caller.js';
import type { EventFeed } from './events.js';
import { GuidedContext } from './guided-context.js';
import { createContainer, ONE_INSTANCE, TOKENS } from './injection.js';
import { Languages } from './languages.js';
import type { Lifecycle } from './lifecycle.js';
import type { LimitPolicy } from './limit-policy.js';
import { PolicyGate } from './policy-gate.js';
import { ScriptCaller } from './script-caller.js';
import { ScriptChecker } from './script-checker.js';
import { ScriptPreparation } from './script-preparation.js';
import type { ScriptRuntime } from './script-runtime.js';
import { ScriptTool } from './script-tool.js';
import { ToolCaller } from './tool-caller.js';
import type { ToolDispatcher } from './tool-dispatcher.js';
import { ToolFinder } from './tool-finder.js';
import type { ToolIndex } from './tool-index.js';
import { ToolList } from './tool-list.js';
import { Workbenches } from './workbench.js';

/** What the host hands in, complete. */
export interface HandedIn {
  readonly runtimes: readonly ScriptRuntime[];
  readonly dispatcher: ToolDispatcher;
  readonly policies: readonly LimitPolicy[];
  readonly events: EventFeed;
  readonly indexes: readonly ToolIndex[];
  readonly clock: Clock;
  readonly offersGuide: boolean;
  readonly lifecycle: Lifecycle;
}

/** What is made of it, once for each composition. */
const MADE = {
  policyGate: PolicyGate,
  languages: Languages,
  toolList: ToolList,
  toolCaller: ToolCaller,
  toolFinder: ToolFinder,
  directCaller: DirectCaller,
  guidedContext: GuidedContext,
  contextCaller: ContextCaller,
  scriptPreparation: ScriptPreparation,
  scriptCaller: ScriptCaller,
  scriptChecker: ScriptChecker,
  scriptTool: ScriptTool,
  workbenches: Workbenches,
  backendWatch: BackendWatch,
  codeMode: ComposedCodeMode,
} as const;

/** Wires code mode; what has to be closed is owned by the lifecycle that was handed in. */
export function wire(parts: HandedIn): CodeMode {
  const container = createContainer();
  for (const name of keysOf(parts)) container.register(TOKENS[name], { useValue: parts[name] });
  for (const name of keysOf(MADE))
    container.register<unknown>(TOKENS[name], { useClass: MADE[name] }, ONE_INSTANCE);
  parts.lifecycle.own(container.resolve<BackendWatch>(TOKENS.backendWatch));
  return container.resolve<CodeMode>(TOKENS.codeMode);
}

function keysOf<T extends object>(object: T): (keyof T)[] {
  return Object.keys(object) as (keyof T)[];
}
