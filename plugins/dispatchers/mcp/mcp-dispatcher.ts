/** A dispatcher over any number of MCP servers, started side by side. */
import {
  SCRIPT_TOOL_NAME,
  systemClock,
  ToolscriptError,
  VERSION,
  type BackendState,
  type Clock,
  type ToolCall,
  type ToolDefinition,
  type ToolDispatcher,
  type ToolOrigin,
  type ToolResult,
} from '../../../core/index.js';
import { namingRules, type AggregationOptions, type ServerRules } from './aggregation/aggregation-options.js';
import { ToolListing } from './aggregation/tool-listing.js';
import type { Backend } from './backend/backend.js';
import { BackendPool, type BackendLease } from './backend/backend-pool.js';
import type { ClientInfo } from './connection/connection.js';
import { McpContext } from './context/mcp-context.js';
import { checkServers, withoutRules } from './server-check.js';
import { Startup } from './startup.js';
import type { ServerConfig } from './transport/server-config.js';

/** How {@link createMcpDispatcher} is set up. */
export interface McpDispatcherOptions {
  /** The servers, by name; the names stand in front of tools that clash. */
  readonly servers: Readonly<Record<string, ServerConfig & ServerRules>>;
  /** How tools are named that several servers offer. Default: all of them get their server's name in front. */
  readonly aggregation?: AggregationOptions;
  /** Names that no tool has. Default: `execute_tool_script`. */
  readonly reservedNames?: readonly string[];
  /** Milliseconds that a server may take to start and to list its tools, unless it says so itself. Default 30,000. */
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
  /** Shares backends with other dispatchers: one of the same configuration is not started again. Default: with none. */
  readonly pool?: BackendPool;
}

/**
 * Starts the servers and answers at once; the first `listTools` waits for them, though not for ever. A
 * server that cannot be started costs its own tools only. Throws `config/invalid` for a configuration that
 * is none; with `conflicts: "manual"`, `listTools` rejects with it until no names clash at the start.
 */
export function createMcpDispatcher(
  options: McpDispatcherOptions,
): ToolDispatcher & { close(): Promise<void> } {
  checkServers(options.servers, options.aggregation);
  return new McpDispatcher(options);
}

class McpDispatcher implements ToolDispatcher {
  readonly context: McpContext;
  readonly #leases: readonly BackendLease[];
  readonly #listing: ToolListing<Backend>;
  readonly #startup: Startup;
  readonly #contextStartup: Startup;
  readonly #listeners = new Set<() => void>();
  readonly #report: (line: string) => void;
  #reported: ReadonlyMap<string, readonly string[]> = new Map();

  constructor(options: McpDispatcherOptions) {
    const { servers, aggregation = {}, reservedNames = [SCRIPT_TOOL_NAME] } = options;
    this.#report = options.onDiagnostic ?? (() => undefined);
    this.#leases = Object.keys(servers).map((name) => this.#lease(name, options));
    const backends = this.#leases.map(({ backend }) => backend);
    const rules = namingRules(aggregation, servers, reservedNames);
    this.#listing = new ToolListing({
      sources: backends,
      rules,
      rulesOf: ({ name }) => servers[name]?.tools ?? {},
    });
    const { startupWaitMs = 10_000, clock = systemClock } = options;
    const started = backends.map((backend) => backend.started);
    this.#startup = new Startup(started, startupWaitMs, clock);
    const contextStarted = backends.map((backend) => backend.contextStarted());
    this.#contextStartup = new Startup(contextStarted, startupWaitMs, clock);
    this.context = new McpContext({
      backends,
      rules,
      ready: () => this.#contextStartup.over,
      onProblem: (server, problem) => this.#report(`server "${server}" ${problem}`),
    });
  }

  async listTools(): Promise<readonly ToolDefinition[]> {
    await this.#startup.over;
    this.#refresh();
    return this.#listing.tools;
  }

  async callTool(call: ToolCall): Promise<ToolResult> {
    if (this.#listing.route(call.tool) === undefined) await this.listTools();
    const route = this.#listing.route(call.tool);
    if (route !== undefined) return route.server.callTool(route.original, call);
    const message = `call a tool: no tool named "${call.tool}"`;
    throw new ToolscriptError({ code: 'tool/unknown', message, tool: call.tool });
  }

  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  origin(tool: string): ToolOrigin | undefined {
    const route = this.#listing.route(tool);
    return route && { backend: route.server.name, tool: route.original };
  }

  backends(): readonly BackendState[] {
    const states = this.#leases.map(({ backend }) => backend.state);
    if (!this.#listing.isListed) return states;
    this.#refresh();
    return states.map((state) => ({
      ...state,
      tools: this.#listing.countOf(state.name),
      problems: [...state.problems, ...(this.#listing.problems.get(state.name) ?? [])],
    }));
  }

  async close(): Promise<void> {
    this.#listeners.clear();
    this.#startup.end();
    this.#contextStartup.end();
    this.context.close();
    await Promise.all(this.#leases.map((lease) => lease.release()));
  }

  #lease(name: string, options: McpDispatcherOptions): BackendLease {
    const { pool = new BackendPool(), clientInfo = OURSELVES, clock = systemClock, servers } = options;
    const server = servers[name]!;
    const { connectTimeoutMs = options.connectTimeoutMs ?? 30_000 } = server;
    const user = {
      onChange: () => {
        this.context.changed();
        for (const listener of [...this.#listeners]) listener();
      },
      onProblem: (problem: string) => this.#report(`server "${name}" ${problem}`),
    };
    const key = { name, config: withoutRules(server), clientInfo, connectTimeoutMs };
    return pool.lease(key, user, clock);
  }

  #refresh(): void {
    this.#listing.refresh();
    const { problems } = this.#listing;
    if (problems === this.#reported) return;
    for (const [server, texts] of problems) {
      const known = this.#reported.get(server) ?? [];
      for (const text of texts) if (!known.includes(text)) this.#report(`server "${server}": ${text}`);
    }
    this.#reported = problems;
  }
}

const OURSELVES: ClientInfo = { name: 'toolscript', version: VERSION };
