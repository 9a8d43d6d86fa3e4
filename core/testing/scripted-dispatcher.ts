/** A dispatcher whose tools answer as the test says. */
import { ToolscriptError } from '../error.js';
import type { Json } from '../json.js';
import type { ToolCall, ToolDefinition, ToolDispatcher, ToolResult } from '../tool-dispatcher.js';

/** What a tool answers: a result of MCP, or a function that makes one of the call; what it throws fails the call. */
export type ScriptedAnswer = ToolResult | ((call: ToolCall) => ToolResult | Promise<ToolResult>);

/** For tests of what calls tools. */
export class ScriptedDispatcher implements ToolDispatcher {
  /** Every call that there was, in order. */
  readonly calls: ToolCall[] = [];
  readonly #answers: ReadonlyMap<string, ScriptedAnswer>;
  readonly #listeners = new Set<() => void>();
  #tools: readonly ToolDefinition[];

  /** A tool without an answer says nothing. */
  constructor(tools: readonly ToolDefinition[], answers: Readonly<Record<string, ScriptedAnswer>> = {}) {
    this.#tools = tools;
    this.#answers = new Map(Object.entries(answers));
  }

  /** From now on these are the tools; whoever listens is told. */
  change(tools: readonly ToolDefinition[]): void {
    this.#tools = tools;
    for (const listener of this.#listeners) listener();
  }

  listTools(): readonly ToolDefinition[] {
    return this.#tools;
  }

  async callTool(call: ToolCall): Promise<ToolResult> {
    this.calls.push(call);
    const { tool, signal } = call;
    if (!this.#tools.some(({ name }) => name === tool)) throw failure('tool/unknown', tool);
    const answer = this.#answers.get(tool) ?? SAYS_NOTHING;
    return untilAborted(signal, tool, async () => (typeof answer === 'function' ? answer(call) : answer));
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  close(): void {
    this.#listeners.clear();
  }
}

/** A result that is one text. */
export function textResult(text: string): ToolResult {
  return { content: [{ type: 'text', text }] };
}

/** A result that is JSON, as a tool without an output schema answers it. */
export function jsonResult(value: Json): ToolResult {
  return { content: [], structuredContent: { result: value } };
}

const SAYS_NOTHING: ToolResult = { content: [] };

function failure(
  code: 'tool/unknown' | 'tool/failed' | 'cancelled',
  tool: string,
  cause?: unknown,
): ToolscriptError {
  const message = `call ${tool}: ${cause instanceof Error ? cause.message : code}`;
  return new ToolscriptError({ code, message, tool }, { cause });
}

async function untilAborted(
  signal: AbortSignal,
  tool: string,
  answer: () => Promise<ToolResult>,
): Promise<ToolResult> {
  let stop = (): void => undefined;
  const aborted = new Promise<never>((_resolve, reject) => {
    const leave = (): void => {
      reject(failure('cancelled', tool));
    };
    signal.addEventListener('abort', leave);
    if (signal.aborted) leave();
    stop = () => {
      signal.removeEventListener('abort', leave);
    };
  });
  try {
    return await Promise.race([aborted, signal.aborted ? aborted : answer()]);
  } catch (thrown) {
    throw thrown instanceof ToolscriptError ? thrown : failure('tool/failed', tool, thrown);
  } finally {
    stop();
  }
}
