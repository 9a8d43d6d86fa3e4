/**
 * What parent and child say to each other. `id` is a script, `call` a question of it that is answered once.
 */
import type {
  Failure,
  Json,
  JsonObject,
  Limits,
  LimitName,
  Position,
  RuntimeUsage,
} from '../../../core/index.js';
import type { ToolDefinition, ToolReply } from '../../../core/index.js';
import type { RuntimeSource } from '../runtime-source.js';

/** From the parent. The child believes it. */
export type ToChild =
  | { readonly type: 'open'; readonly source: RuntimeSource }
  | { readonly type: 'catalog'; readonly catalog: number; readonly tools: readonly ToolDefinition[] }
  | { readonly type: 'forget'; readonly catalog: number }
  | RunMessage
  | { readonly type: 'reply'; readonly id: number; readonly call: number; readonly reply: ToolReply }
  | { readonly type: 'found'; readonly id: number; readonly call: number; readonly tools: readonly string[] }
  | { readonly type: 'refused'; readonly id: number; readonly call: number; readonly error: Failure }
  /** The script must end, for this reason. */
  | { readonly type: 'end'; readonly id: number; readonly reason: Failure };

/** What is done with a script; the result of a check that finds nothing is `null`. */
export type Act = 'run' | 'check';

/** A script for the child. */
export interface RunMessage {
  readonly type: 'run';
  readonly id: number;
  readonly act: Act;
  readonly source: string;
  readonly data: JsonObject;
  /** The number of a catalog that was sent. */
  readonly catalog: number;
  readonly limits: Limits;
  /** Milliseconds of the wall time that are gone. */
  readonly elapsedMs: number;
}

/** From the child. Nothing of it is believed before it is checked. */
export type ToParent =
  | { readonly type: 'ready' }
  /** The runtime cannot be loaded. */
  | { readonly type: 'unfit'; readonly reason: string }
  | ScriptMessage;

/** Of one script. */
export type ScriptMessage =
  | {
      readonly type: 'call';
      readonly id: number;
      readonly call: number;
      readonly tool: string;
      readonly args: JsonObject;
      /** What the script has used until then. */
      readonly usage: RuntimeUsage;
      readonly position?: Position;
    }
  | {
      readonly type: 'find';
      readonly id: number;
      readonly call: number;
      readonly text: string;
      readonly limit: number;
    }
  | { readonly type: 'print'; readonly id: number; readonly lines: readonly string[] }
  | {
      readonly type: 'progress';
      readonly id: number;
      readonly done: number;
      readonly total?: number;
      readonly message?: string;
    }
  /** It begins to sleep, or ends it. */
  | { readonly type: 'wait'; readonly id: number; readonly waits: boolean }
  | ResultMessage;

/** The last that is heard of a script. */
export type ResultMessage = {
  readonly type: 'result';
  readonly id: number;
  readonly usage: RuntimeUsage;
  /** The limit that was met last. */
  readonly met?: LimitName;
} & (
  | {
      readonly ok: true;
      readonly text: string;
      /** Where it is not what `text` says to any JSON parser: it has bigints. */
      readonly value?: Json;
    }
  | { readonly ok: false; readonly error: Failure }
);
