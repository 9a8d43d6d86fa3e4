/**
 * An outcome as the MCP result of `execute_tool_script`.
 *
 * | | success | failure |
 * | --- | --- | --- |
 * | first item | the value: a string as it is, content blocks as blocks, all else as JSON text | one text: what went wrong, where, what was done, what was printed |
 * | second item | what was printed, if anything was | |
 * | `structuredContent` | `{"result": value}`, but not for content blocks | `{"error", "logs", "tally"}` |
 * | `_meta` | `toolscript/usage`, `toolscript/calls` (the first 100) | the same |
 *
 * In `structuredContent` integers beyond 2^53 are decimal strings; the text keeps every digit.
 */
import { contentBlocks } from './content-blocks.js';
import type { Failure } from './error.js';
import type { Json } from './json.js';
import type { CallTally, Outcome } from './outcome.js';
import { failureText } from './failure-text.js';
import { plainJson } from './output-gate.js';
import { codedResult } from './result-code.js';
import { oneLine } from './short-text.js';
import type { ContentBlock, ToolResult } from './tool-dispatcher.js';

const MAX_CALLS = 100;
const MAX_TALLY = 50;
const MAX_NAME = 200;

/** Renders the outcome of a script; lines of the script are shown where something is wrong with them. */
export function scriptToolResult(outcome: Outcome, script: string): ToolResult {
  const rendered = outcome.ok ? success(outcome) : failure(outcome, script);
  const calls = outcome.calls.slice(0, MAX_CALLS).map((call) => ({ ...call }));
  const result = {
    ...rendered,
    _meta: { 'toolscript/usage': { ...outcome.usage }, 'toolscript/calls': calls },
  };
  return outcome.ok ? result : codedResult(result, outcome.error.code);
}

/** Renders a failure before there was anything to run. */
export function refusedResult(error: Failure): ToolResult {
  const result = {
    content: [textBlock(failureText(error, ''))],
    structuredContent: { error: asJson(error) },
    isError: true,
  };
  return codedResult(result, error.code);
}

type Success = Extract<Outcome, { ok: true }>;
type Failed = Extract<Outcome, { ok: false }>;

function success({ value, text, logs }: Success): ToolResult {
  const printed = logs.length > 0 ? [textBlock(logsText(logs))] : [];
  const blocks = contentBlocks(value);
  if (blocks !== undefined) return { content: [...blocks, ...printed] };
  const first = textBlock(typeof value === 'string' ? value : text);
  return { content: [first, ...printed], structuredContent: { result: plainJson(value) } };
}

function failure({ error, logs, tally }: Failed, script: string): ToolResult {
  const printed = logs.length > 0 ? [logsText(logs)] : [];
  const text = [failureText(error, script), tallyText(tally), ...printed].join('\n\n');
  const counts = tally.slice(0, MAX_TALLY).map((line) => ({ ...line }));
  const structuredContent = { error: asJson(error), logs, tally: counts };
  return { content: [textBlock(text)], structuredContent, isError: true };
}

function textBlock(text: string): ContentBlock {
  return { type: 'text', text };
}

function logsText(logs: readonly string[]): string {
  return `printed:\n${logs.join('\n')}`;
}

const STATUSES = ['succeeded', 'failed', 'unknown', 'unsent'] as const;

function tallyText(tally: readonly CallTally[]): string {
  if (tally.length === 0) return 'no tool was called';
  const lines = tally
    .slice(0, MAX_TALLY)
    .map((line) => `  ${oneLine(line.tool, MAX_NAME)}: ${countsText(line)}`);
  const rest = tally.length > MAX_TALLY ? [`  and ${String(tally.length - MAX_TALLY)} more tools`] : [];
  return ['tool calls until then:', ...lines, ...rest].join('\n');
}

function countsText(line: CallTally): string {
  return STATUSES.filter((status) => line[status] > 0)
    .map((status) => `${String(line[status])} ${status}`)
    .join(', ');
}

function asJson({ code, message, position, backtrace, hint, tool, retryAfterMs, also }: Failure): Json {
  return {
    code,
    message,
    ...(position !== undefined && { position: { ...position } }),
    ...(backtrace !== undefined && { backtrace: backtrace.map((frame) => ({ ...frame })) }),
    ...(hint !== undefined && { hint }),
    ...(tool !== undefined && { tool }),
    ...(retryAfterMs !== undefined && { retryAfterMs }),
    ...(also !== undefined && { also: also.map((fault) => asJson(fault)) }),
  };
}
