/** Tools and a dispatcher for tests: every call is seen, and answers when the test says. */
import type { JsonObject, ToolCall, ToolDefinition, ToolDispatcher, ToolResult } from '../../core/index.js';

export const ANY: JsonObject = { type: 'object' };

export function definition(name: string, fields: Partial<ToolDefinition> = {}): ToolDefinition {
  return { name, inputSchema: ANY, ...fields };
}

export { jsonResult, textResult } from '../../core/testing/index.js';

/** A call under way, to be answered by the test. */
export interface HeldCall extends ToolCall {
  answer(result: unknown): void;
  fail(thrown: unknown): void;
}

/** Holds every call until the test answers it. */
export class HoldingDispatcher implements ToolDispatcher {
  readonly calls: HeldCall[] = [];
  readonly tools: readonly ToolDefinition[];
  inFlight = 0;
  peak = 0;

  constructor(tools: readonly ToolDefinition[] = [definition('a'), definition('b')]) {
    this.tools = tools;
  }

  listTools(): readonly ToolDefinition[] {
    return this.tools;
  }

  callTool(call: ToolCall): Promise<ToolResult> {
    this.inFlight += 1;
    this.peak = Math.max(this.peak, this.inFlight);
    const held = new Promise<ToolResult>((resolve, reject) => {
      this.calls.push({ ...call, answer: (result) => resolve(result as ToolResult), fail: reject });
    });
    return held.finally(() => (this.inFlight -= 1));
  }
}

/** Answers every call by a function. */
export function answering(
  tools: readonly ToolDefinition[],
  answer: (call: ToolCall) => unknown,
): ToolDispatcher & { calls: ToolCall[] } {
  const calls: ToolCall[] = [];
  return {
    calls,
    listTools: () => tools,
    async callTool(call) {
      calls.push(call);
      return (await answer(call)) as ToolResult;
    },
  };
}

/** Lets promises settle. */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await new Promise((resolve) => setImmediate(resolve));
}

/** Waits until something is so; fails when it does not become so. */
export async function until(isSo: () => boolean): Promise<void> {
  for (let turn = 0; turn < 20_000 && !isSo(); turn += 1)
    await new Promise((resolve) => setImmediate(resolve));
  if (!isSo()) throw new Error(`never so: ${String(isSo)}`);
}
