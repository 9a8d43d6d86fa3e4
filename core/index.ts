/** The core's door: contracts, what crosses between rooms, and the one way to compose. */
export { systemClock } from './clock.js';
export type { Clock } from './clock.js';
export { clientRefusal, isClientQuestion, missingCapability } from './client-capability.js';
export type { ClientLink, ClientNotice, ClientQuestion, InputRound } from './client-link.js';
export { SCRIPT_TOOL_NAME } from './code-mode.js';
export type {
  CheckRequest,
  CodeMode,
  FoundTool,
  FoundTools,
  NamedTool,
  OpenRequest,
  RequestContext,
  RequestEnd,
  RequestStart,
  RunRequest,
  ScriptToolDetail,
  Workbench,
  WorkbenchTool,
} from './code-mode.js';
export { createCodeMode } from './composition.js';
export type { CodeModeParts, PolicyPart } from './composition.js';
export type { ContextKind, ContextMethod, ContextRequest, ContextSource } from './context-source.js';
export { resultCode, codedResult } from './result-code.js';
export { VERSION } from './version.js';
export { ERROR_CODES, failureOf, ToolscriptError } from './error.js';
export type { BacktraceFrame, ErrorCode, Failure, Position, RpcError } from './error.js';
export { isJsonArray, isJsonObject, setKey } from './json.js';
export type { Json, JsonObject } from './json.js';
export { DEFAULT_LIMITS, LIMIT_RANGES, defaultLimits } from './limit-policy.js';
export type {
  Admission,
  CallRequest,
  ContextUse,
  Decision,
  Denial,
  LimitName,
  LimitPolicy,
  Limits,
  LimitsUse,
  OriginOf,
  Release,
} from './limit-policy.js';
export { completeLimits, limitFaults } from './limit-check.js';
export { isLogLevel, LOG_LEVELS, passesLevel } from './log-level.js';
export { Meter } from './meter.js';
export type { RuntimeUsage } from './meter.js';
export { fitsPattern, MAX_PATTERN_LENGTH } from './name-pattern.js';
export { nearestName } from './nearest-name.js';
export { MORE, quotedText } from './notation.js';
export type { Notation, ToldCall, ToldParameter, TypeNotation, TypeText } from './notation.js';
export type { CallRecord, CallTally, Outcome, Usage } from './outcome.js';
export { plainJson } from './output-gate.js';
export { definePlugin } from './plugin.js';
export type {
  ConfigSchema,
  Plugin,
  PluginContext,
  PluginKind,
  PluginKinds,
  SchemaIssue,
  SchemaResult,
} from './plugin.js';
export { createRedaction, redactSecrets } from './redaction.js';
export type { Redaction } from './redaction.js';
export type { Script, ScriptHost, ScriptResult, ScriptRuntime, ToolReply } from './script-runtime.js';
export { scriptSearch } from './script-search.js';
export type { ScriptSearch, SearchWords } from './script-search.js';
export type { Literal, ObjectShape, Shape, ShapeField, SimpleType } from './shape.js';
export { fittedTexts } from './signature-fit.js';
export type { ShapeDetail, SignaturePart } from './signature-fit.js';
export type { ToolSignature } from './signature-writer.js';
export { oneLine } from './short-text.js';
export { SourceLines } from './source-excerpt.js';
export { silentSink } from './telemetry-sink.js';
export type { SinkHost, TelemetrySink } from './telemetry-sink.js';
export type {
  AdapterEvent,
  CallSubject,
  EndCode,
  EventName,
  Events,
  RequestSubject,
  ScriptSubject,
  StartEvent,
  TelemetryEvent,
} from './event.js';
export { CONTENT_KINDS } from './event-content.js';
export type { ContentKind, EventContent } from './event-content.js';
export { spanIdOf, traceContextOf, traceIdOf, withTrace } from './trace-context.js';
export type { TraceContext } from './trace-context.js';
export { estimatedTokens, estimatedTokensOf } from './token-estimate.js';
export { TOKEN_ALGORITHMS } from './token-algorithm.js';
export type { TokenAlgorithm } from './token-algorithm.js';
export { defineTool } from './tool.js';
export type { Tool, ToolAnswer, ToolContext } from './tool.js';
export type { JsonType, KnownArgument } from './known-argument.js';
export { ToolCatalog } from './tool-catalog.js';
export type { BoundTool } from './tool-catalog.js';
export { ANONYMOUS } from './caller.js';
export { noTools } from './tool-dispatcher.js';
export type { Caller } from './caller.js';
export type { Progress } from './progress.js';
export type {
  BackendState,
  ContentBlock,
  ToolCall,
  ToolDefinition,
  ToolDispatcher,
  ToolOrigin,
  ToolResult,
} from './tool-dispatcher.js';
export { findTool, noSuchTool } from './tool-lookup.js';
export type { LookupWords } from './tool-lookup.js';
export { toolShape } from './tool-shape.js';
export type { ToolShape } from './tool-shape.js';
export { toolWriter } from './tool-writer.js';
export type { ToolWriter } from './tool-writer.js';
export { LONGEST_QUERY, plainIndex } from './tool-index.js';
export type { ToolIndex, ToolQuery } from './tool-index.js';
export { unknownContext } from './unknown-context.js';
