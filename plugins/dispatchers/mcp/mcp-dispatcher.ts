/** A dispatcher over any number of MCP servers, started side by side. */
import {
  SCRIPT_TOOL_NAME,
  systemClock,
  ToolscriptError,
  type BackendState,
  type Clock,
  type ToolCall,
  type ToolDefinition,
  type ToolDispatcher,
  type ToolResult,
} from '../../../core/index.js';
import { nameItems, type NamedItem } from './aggregation/item-names.js';
import { DEFAULT_RULES, type NamingRules } from './aggregation/naming-rules.js';
import { Backend } from './backend.js';
import type { ClientInfo } from './connection.js';
import { checkServers, type ServerConfig } from './server-config.js';
import { Startup } from './startup.js';

/** How {@link createMcpDispatcher} is set up. */
export interface McpDispatcherOptions {
  /** The servers, by name; the names stand in front of tools that clash. */
  readonly servers: Readonly<Record<string, ServerConfig>>;
  /** `when-needed` (the default): only the tools whose name several servers offer get the server's name in front. */
  readonly prefix?: NamingRules['prefix'];
  /** Names that no tool has unprefixed. Default: `execute_tool_script`. */
  readonly reservedNames?: readonly string[];
  /** Milliseconds that a server may take to start and to list its tools. Default 30,000. */
  readonly connectTimeoutMs?: number;
  /**
   * Milliseconds that the first `listTools` waits for servers that are still starting; their tools come
   * later, and `onChange` tells. Infinity waits for all. Default 10,000.
   */
  readonly startupWaitMs?: number;
  /** Takes one line for each thing that is wrong with a server. */
  readonly onDiagnostic?: (line: string) => void;
  /** What servers are told of us. */
  readonly clientInfo?: ClientInfo;
  readonly clock?: Clock;
}

/**
 * Starts the servers and answers at once; the first `listTools` waits for them, though not for ever. A
 * server that cannot be started costs its own tools only. Throws `config/invalid` for a configuration that is none.
 */
export function createMcpDispatcher(
  options: McpDispatcherOptions,
): ToolDispatcher & { close(): Promise<void> } {
  checkServers(options.servers);
  return new McpDispatcher(options);
}

class McpDispatcher implements ToolDispatcher {
  readonly #rules: NamingRules;
  readonly #backends: readonly Backend[];
  readonly #startup: Startup;
  readonly #listeners = new Set<() => void>();
  #tools: readonly ToolDefinition[] = [];
  #routes: ReadonlyMap<string, NamedItem<Backend, ToolDefinition>> = new Map();
  #named: readonly (readonly ToolDefinition[])[] = [];

  constructor(options: McpDispatcherOptions) {
    this.#rules = {
      ...DEFAULT_RULES,
      prefix: options.prefix ?? 'when-needed',
      reserved: new Set(options.reservedNames ?? [SCRIPT_TOOL_NAME]),
    };
    this.#backends = Object.entries(options.servers).map(([name, config]) =>
      this.#start(name, config, options),
    );
    const started = this.#backends.map((backend) => backend.started);
    this.#startup = new Startup(started, options.startupWaitMs ?? 10_000, options.clock ?? systemClock);
  }

  async listTools(): Promise<readonly ToolDefinition[]> {
    await this.#startup.over;
    this.#refresh();
    return this.#tools;
  }

  async callTool(call: ToolCall): Promise<ToolResult> {
    if (!this.#routes.has(call.tool)) await this.listTools();
    const route = this.#routes.get(call.tool);
    if (route !== undefined) return route.server.callTool(route.original, call);
    const message = `call a tool: no tool named "${call.tool}"`;
    throw new ToolscriptError({ code: 'tool/unknown', message, tool: call.tool });
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  backends(): readonly BackendState[] {
    return this.#backends.map(({ state }) => state);
  }

  async close(): Promise<void> {
    this.#listeners.clear();
    this.#startup.end();
    await Promise.all(this.#backends.map((backend) => backend.close()));
  }

  #start(name: string, config: ServerConfig, options: McpDispatcherOptions): Backend {
    return new Backend({
      name,
      config,
      clientInfo: options.clientInfo ?? { name: 'toolscript', version: '0.1.0' },
      clock: options.clock ?? systemClock,
      connectTimeoutMs: options.connectTimeoutMs ?? 30_000,
      onChange: () => {
        for (const listener of [...this.#listeners]) listener();
      },
      onProblem: (problem) => options.onDiagnostic?.(`server "${name}" ${problem}`),
    });
  }

  /** Names the tools anew when those of a server are not the same array as before. */
  #refresh(): void {
    const offered = this.#backends.map(({ tools }) => tools);
    if (offered.length === this.#named.length && offered.every((tools, at) => tools === this.#named[at]))
      return;
    const offers = this.#backends.map((server) => ({
      server,
      name: server.name,
      items: server.tools.map((item) => ({ item, original: item.name })),
    }));
    const { items } = nameItems(offers, this.#rules, { noun: 'tool' });
    this.#named = offered;
    this.#tools = items.map(({ item }) => item);
    this.#routes = new Map(items.map((named) => [named.item.name, named]));
  }
}
