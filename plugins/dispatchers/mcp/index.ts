/** The door of the MCP dispatcher: tools of other MCP servers, over stdio and HTTP. */
export { createMcpDispatcher, type McpDispatcherOptions } from './mcp-dispatcher.js';
export type { HttpServerConfig, ServerConfig, StdioServerConfig } from './transport/server-config.js';
export type { ClientInfo } from './connection/connection.js';
export type { AggregationOptions, ServerRules } from './aggregation/aggregation-options.js';
export type { ToolOverride, ToolRules } from './aggregation/tool-selection.js';
export { BackendPool } from './backend/backend-pool.js';
