/**
 * The names that telemetry is known by: of attributes, and of the values that a closed set of them takes.
 *
 * Those of MCP and of generative AI follow the semantic conventions of OpenTelemetry (GenAI repository, still
 * in development): when they are renamed, they are renamed here.
 */

/** Under which meter and tracer all of it is told. */
export const SCOPE = 'toolscript';

/** Attributes of the semantic conventions. */
export const CONVENTION = {
  method: 'mcp.method.name',
  protocolVersion: 'mcp.protocol.version',
  session: 'mcp.session.id',
  tool: 'gen_ai.tool.name',
  prompt: 'gen_ai.prompt.name',
  operation: 'gen_ai.operation.name',
  arguments: 'gen_ai.tool.call.arguments',
  result: 'gen_ai.tool.call.result',
  rpcId: 'jsonrpc.request.id',
  rpcStatus: 'rpc.response.status_code',
  transport: 'network.transport',
  error: 'error.type',
} as const;

/** Attributes of our own, on spans. */
export const OWN = {
  caller: 'toolscript.caller',
  runId: 'toolscript.run.id',
  requestId: 'toolscript.request.id',
  callId: 'toolscript.call.id',
  scriptHash: 'toolscript.script.hash',
  scriptBytes: 'toolscript.script.bytes',
  script: 'toolscript.script.text',
  scriptResult: 'toolscript.script.result',
  line: 'toolscript.script.line',
  runtime: 'toolscript.runtime',
  tools: 'toolscript.tools',
  mode: 'toolscript.mode',
  backend: 'toolscript.backend',
  status: 'toolscript.status',
  reason: 'toolscript.reason',
  queued: 'toolscript.queued_ms',
  waited: 'toolscript.wait_ms',
  steps: 'toolscript.steps',
  memory: 'toolscript.memory_bytes',
  toolCalls: 'toolscript.tool_calls',
  branches: 'toolscript.branches',
  parallelPeak: 'toolscript.parallel_peak',
  outputBytes: 'toolscript.output_bytes',
  logBytes: 'toolscript.log_bytes',
  resultBytes: 'toolscript.result_bytes',
  savedTokens: 'toolscript.saved_tokens',
  failedTool: 'toolscript.failed_tool',
  limit: 'toolscript.limit',
  bound: 'toolscript.bound',
  unfinished: 'toolscript.unfinished',
} as const;

/** What stands for a name that is one too many, or that nobody knows. */
export const OTHER = '_other';

/** The method by which tools are called. */
export const TOOLS_CALL = 'tools/call';

/** The name of the event on a span whose thing came to a limit. */
export const LIMIT_MET = 'limit.met';

/** The span of a script. */
export const SCRIPT_RUN = 'script.run';
