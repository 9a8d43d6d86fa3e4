/** How to reach an MCP server, as clients write it in `mcpServers`. */

/** A server that is started as a child process and spoken to over its standard input and output. */
export interface StdioServerConfig {
  readonly type?: 'stdio';
  readonly command: string;
  readonly args?: readonly string[];
  /** Added to a small safe set (PATH, HOME, …); nothing else of this process's environment is passed. */
  readonly env?: Readonly<Record<string, string>>;
  readonly cwd?: string;
}

/** A server that is reached over HTTP. */
export interface HttpServerConfig {
  /** Streamable HTTP unless it is `sse`, the transport of revision 2024-11-05. */
  readonly type?: 'http' | 'streamable-http' | 'streamableHttp' | 'sse';
  readonly url: string;
  /** Sent with every request. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** How to reach one server. */
export type ServerConfig = StdioServerConfig | HttpServerConfig;

/** Tells whether a server is reached over HTTP. */
export function isHttpServer(config: ServerConfig): config is HttpServerConfig {
  return 'url' in config;
}
