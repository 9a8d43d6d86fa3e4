/** What a client sends and gets in a model's place, counted. */
import type { Client } from '@modelcontextprotocol/client';

import type { JsonObject, ToolDefinition } from '../../../core/index.js';
import { Transcript } from '../tokens/transcript.js';
import type { Call } from './job.js';

/** How a model works. */
export interface SessionOptions {
  /** Whether it sends what does not need each other's answers in one turn; else each call is a turn. */
  readonly sideBySide: boolean;
  /** Where tools are not listed: the words by which it looks for each. */
  readonly searches?: Readonly<Record<string, string>>;
}

/** A conversation over one client. */
export class Session {
  readonly transcript = new Transcript();
  /** Tool calls, searches among them. */
  calls = 0;
  /** Of definitions, calls and results, in UTF-8. */
  bytes = 0;
  /** Milliseconds in which calls were under way. */
  ms = 0;
  readonly #client: Client;
  readonly #options: SessionOptions;
  readonly #known = new Set<string>();

  private constructor(client: Client, options: SessionOptions) {
    this.#client = client;
    this.#options = options;
  }

  /** Lists the tools, as a client does before anything else. */
  static async begin(client: Client, options: SessionOptions): Promise<Session> {
    const session = new Session(client, options);
    const { tools } = await client.listTools();
    session.transcript.list(tools);
    for (const { name, description, inputSchema } of tools)
      session.bytes += Buffer.byteLength(JSON.stringify({ name, description, inputSchema }));
    return session;
  }

  /** Calls tools, after looking for those that it has not met. */
  readonly turn = async (calls: readonly Call[]): Promise<unknown[]> => {
    const { searches, sideBySide } = this.#options;
    if (searches !== undefined) await this.#find(calls, searches);
    const requests =
      searches === undefined
        ? calls
        : calls.map(({ tool, args }) => ({ tool: 'call_tool', args: { tool_name: tool, parameters: args } }));
    const results: unknown[] = [];
    const turns = sideBySide ? [requests] : requests.map((request) => [request]);
    for (const turn of turns) if (turn.length > 0) results.push(...(await this.#exchange(turn)));
    return results;
  };

  /** By its words; what they do not bring, by its name. */
  async #find(calls: readonly Call[], searches: Readonly<Record<string, string>>): Promise<void> {
    const unknown = (): string[] =>
      [...new Set(calls.map(({ tool }) => tool))].filter((tool) => !this.#known.has(tool));
    await this.#search(unknown().map((tool) => searches[tool] ?? tool));
    await this.#search(unknown().map((tool) => tool.replaceAll('_', ' ')));
  }

  async #search(words: readonly string[]): Promise<void> {
    if (words.length === 0) return;
    const calls = words.map((text): Call => ({ tool: 'find_tool', args: { tool_description: text } }));
    for (const found of await this.#exchange(calls)) {
      const { tools } = found as { tools: readonly ToolDefinition[] };
      for (const { name } of tools) this.#known.add(name);
    }
  }

  async #exchange(calls: readonly Call[]): Promise<unknown[]> {
    const started = performance.now();
    const answers = await Promise.all(calls.map(({ tool, args }) => this.#send(tool, args)));
    this.ms += performance.now() - started;
    const exchanges = calls.map(({ tool, args }, at) => ({
      call: JSON.stringify({ name: tool, arguments: args }),
      result: answers[at]!.text,
    }));
    this.transcript.turn(exchanges);
    this.calls += calls.length;
    for (const { call, result } of exchanges)
      this.bytes += Buffer.byteLength(call) + Buffer.byteLength(result);
    return answers.map(({ text, isError }) => (isError ? new Error(text) : valueOf(text)));
  }

  async #send(name: string, args: JsonObject): Promise<{ text: string; isError: boolean }> {
    const { content, isError = false } = await this.#client.callTool({ name, arguments: args });
    const text = content.map((block) => (block.type === 'text' ? block.text : '')).join('\n');
    return { text, isError };
  }
}

/** `{"result": x}` alone is x. */
function valueOf(text: string): unknown {
  const value: unknown = JSON.parse(text);
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return value;
  const keys = Object.keys(value);
  return keys.length === 1 && keys[0] === 'result' ? (value as JsonObject)['result'] : value;
}
