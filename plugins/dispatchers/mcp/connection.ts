/** One live connection to a server: made, used, lost once; never used again after that. */
import { Client, type RequestOptions, type Transport } from '@modelcontextprotocol/client';

import { ToolscriptError, type ToolCall, type ToolResult } from '../../../core/index.js';
import { wireArguments } from './call-arguments.js';
import { parameterHeaders, readHeaderParameters, type HeaderParameter } from './header-parameters.js';
import { httpTransport } from './http-transport.js';
import { asItCame, isRecord } from './loose-json.js';
import { ProgressDesk } from './progress-desk.js';
import { isHttpServer, type ServerConfig } from './server-config.js';
import { StdioTransport } from './stdio-transport.js';
import { listTools, shieldToolList, type ToolList } from './tool-list.js';

/** What we say of ourselves to servers. */
export interface ClientInfo {
  readonly name: string;
  readonly version: string;
}

/** What a connection tells while it lives. */
interface ConnectionEvents {
  /** The server says that its tools changed. */
  toolsChanged(): void;
  /** The server printed something on its standard output that is not the protocol. */
  noise(): void;
  /** The connection is gone; nothing is told after this. */
  lost(): void;
}

/** How a server is connected to. */
export interface ConnectionOptions {
  readonly config: ServerConfig;
  readonly clientInfo: ClientInfo;
  /** For each step of connecting. */
  readonly connectTimeoutMs: number;
  /** Known to speak nothing newer than 2025-11-25: the question is not put. */
  readonly older: boolean;
  readonly events: ConnectionEvents;
}

/** The SDK would end a call after a minute: the caller's signal is what ends ours. */
const NO_TIMEOUT_MS = 2 ** 31 - 1;
const CHANGE_DEBOUNCE_MS = 50;

/** Keys of `_meta` that speak of one hop only, or for the sender. */
const OWN_META_KEYS =
  /^(progressToken$|io\.modelcontextprotocol\/(protocolVersion|clientInfo|clientCapabilities|logLevel)$)/;

/** A connection to one server. */
export class Connection {
  readonly #options: ConnectionOptions;
  readonly #transport: Transport;
  readonly #client: Client;
  readonly #progress = new ProgressDesk();
  #headerParameters: ReadonlyMap<string, readonly HeaderParameter[]> = new Map();
  #lost = false;
  #stale = false;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#transport = this.#makeTransport();
    this.#client = new Client(options.clientInfo, {
      versionNegotiation: { mode: 'auto', probe: { timeoutMs: options.connectTimeoutMs / 2 } },
      inputRequired: { autoFulfill: false },
      listChanged: {
        tools: {
          autoRefresh: false,
          debounceMs: CHANGE_DEBOUNCE_MS,
          onChanged: () => {
            this.#stale = true;
            options.events.toolsChanged();
          },
        },
      },
    });
  }

  /** Connects, in the newest era that the server speaks. Rejects when it cannot; then it must still be closed. */
  async open(): Promise<void> {
    const timeout = this.#options.connectTimeoutMs;
    this.#transport.onmessage = (message) => {
      shieldToolList(message);
      this.#progress.take(message);
    };
    this.#client.onclose = () => this.#lose();
    const older = this.#isOlder ? ({ prior: { kind: 'legacy' } } as const) : {};
    await this.#client.connect(this.#transport, { timeout, ...older });
  }

  /** Whether the tools should be listed again: the server said so, or somebody doubts that it is there. */
  get stale(): boolean {
    return this.#stale;
  }

  /** Asks for another listing. */
  doubt(): void {
    this.#stale = true;
  }

  /** Lists all tools of the server; `signal` ends the waiting. */
  async listTools(signal: AbortSignal): Promise<ToolList> {
    this.#stale = false;
    if (this.#client.getServerCapabilities()?.tools === undefined) return { tools: [], problems: [] };
    const listed = await listTools(this.#client, { signal, timeout: this.#options.connectTimeoutMs });
    if (!this.#usesHeaders) return listed;
    const { list, parameters } = readHeaderParameters(listed);
    this.#headerParameters = parameters;
    return list;
  }

  /** Calls a tool by the name that the server gave it. Rejects with an error of the SDK's, or a ToolscriptError. */
  async callTool(name: string, { tool, args, signal, meta = {}, onProgress }: ToolCall): Promise<ToolResult> {
    const wired = wireArguments(args, tool);
    const progressToken = onProgress && this.#progress.expect(onProgress);
    const passed = Object.entries(meta).filter(([key]) => !OWN_META_KEYS.test(key));
    if (progressToken !== undefined) passed.push(['progressToken', progressToken]);
    const _meta = passed.length > 0 && { _meta: Object.fromEntries(passed) };
    const params = { name, arguments: wired, ..._meta };
    try {
      const headers = parameterHeaders(this.#headerParameters.get(name) ?? [], wired);
      const options: RequestOptions = { signal, timeout: NO_TIMEOUT_MS, headers };
      const result = await this.#client.request({ method: 'tools/call', params }, asItCame, options);
      if (isResult(result)) return result;
    } finally {
      if (progressToken !== undefined) this.#progress.forget(progressToken);
    }
    const message = `call ${tool}: the server answered with something that is not a tool result`;
    throw new ToolscriptError({ code: 'tool/failed', message, tool });
  }

  /** How the server's process ended, or what it said last, where that is known. */
  get ending(): string | undefined {
    return this.#transport instanceof StdioTransport ? this.#transport.ending : undefined;
  }

  /** The last line that the server wrote to standard error. */
  get lastWords(): string | undefined {
    if (!(this.#transport instanceof StdioTransport)) return undefined;
    return this.#transport.stderr.trim().split('\n').at(-1)?.slice(0, 300);
  }

  /** Ends the connection, and the server's process with it. Tells nothing more. */
  async close(): Promise<void> {
    this.#lost = true;
    await this.#client.close().catch(() => undefined);
    await this.#transport.close().catch(() => undefined);
  }

  get #isOlder(): boolean {
    const { config, older } = this.#options;
    return older || (isHttpServer(config) && config.type === 'sse');
  }

  get #usesHeaders(): boolean {
    return isHttpServer(this.#options.config) && this.#client.getProtocolEra() === 'modern';
  }

  #makeTransport(): Transport {
    const { config, events } = this.#options;
    if (isHttpServer(config)) return httpTransport(config);
    const transport = new StdioTransport(config);
    transport.onnoise = () => events.noise();
    return transport;
  }

  #lose(): void {
    if (this.#lost) return;
    this.#lost = true;
    this.#options.events.lost();
  }
}

/** Looks only at what everybody relies on; the rest stays as it came. */
function isResult(result: unknown): result is ToolResult {
  if (!isRecord(result)) return false;
  const { content, isError } = result;
  const blocks =
    Array.isArray(content) && content.every((block) => isRecord(block) && typeof block['type'] === 'string');
  return blocks && (isError === undefined || typeof isError === 'boolean');
}
