/** The one error of the engine. */
import { classOfCode, isKindOf, isToolCode } from './error-class.js';
import type { ErrorClassName } from './error-class.js';

/** The codes that the engine raises itself; a host call may bring others. */
export type EngineCode =
  | 'script/syntax'
  | 'script/name'
  | 'script/runtime'
  | 'limit/steps'
  | 'limit/wall-time'
  | 'limit/memory'
  | 'limit/depth'
  | 'limit/output'
  | 'cancelled';

/** One call on the way to an error; offsets as in the tree. */
export interface TraceEntry {
  readonly function: string;
  readonly at: number;
}

/** What more is known of an error. */
export interface ErrorDetails {
  /** Offset in the source; set once, by the first who knows it. */
  at?: number;
  hint?: string;
  /** The tool concerned, for an error that a host call brought. */
  tool?: string;
  /** Further errors of the same pass (parsing, resolving), in the order of the text. */
  also?: readonly StarlarkError[];
}

/** UTF-16 units of a message; what a script names may be as long as a value. */
const LONGEST_MESSAGE = 4_000;

/**
 * An error of a script. Not an `Error`: nothing captures a JavaScript stack, and none can leak.
 * Errors of a limit, of cancellation and of the host end the run and cannot be caught in the script.
 */
export class StarlarkError {
  readonly code: string;
  readonly message: string;
  at: number | undefined;
  readonly hint: string | undefined;
  readonly tool: string | undefined;
  readonly also: readonly StarlarkError[];
  /** Calls from the innermost outwards, added while the error passes them. */
  readonly trace: TraceEntry[] = [];

  constructor(code: EngineCode | (string & {}), message: string, details: ErrorDetails = {}) {
    this.code = code;
    this.message = message.length > LONGEST_MESSAGE ? `${message.slice(0, LONGEST_MESSAGE)}…` : message;
    this.at = details.at;
    this.hint = details.hint;
    this.tool = details.tool;
    this.also = details.also ?? [];
  }

  /** Whether `attempt` may hand it to the script. */
  get catchable(): boolean {
    return this.code === 'script/runtime' || isToolCode(this.code);
  }

  /** What it counts as in `except`. */
  get errorClass(): ErrorClassName {
    return this.saidClass ?? classOfCode(this.code);
  }

  private saidClass: ErrorClassName | null = null;

  /** Says what it counts as; an error of running code that says nothing is a TypeError. */
  as(name: ErrorClassName): this {
    this.saidClass = name;
    return this;
  }

  /** Whether `except` of this class catches it. Whatever a tool fails with is a ToolError, too. */
  counts(name: string): boolean {
    return isKindOf(this.errorClass, name) || (isToolCode(this.code) && isKindOf('ToolError', name));
  }
}

/** An error of running code, without position: the node that runs adds it. */
export function runtimeError(message: string, hint?: string): StarlarkError {
  return new StarlarkError('script/runtime', message, hint === undefined ? {} : { hint });
}
