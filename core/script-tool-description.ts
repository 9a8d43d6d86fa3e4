/**
 * What a model reads of `execute_tool_script`: what it is for, the language, the limits, the tools.
 *
 * The text is bounded, and depends on nothing but its inputs. With many tools it says less of each: whole
 * descriptions, short ones, signatures, names, as many names as fit with a count of the rest. What comes
 * from tools is put on one line without control characters.
 */
import { utf8Bytes } from './byte-count.js';
import { languageOf } from './languages.js';
import type { Limits } from './limit-policy.js';
import type { ScriptRuntime } from './script-runtime.js';
import { oneLine } from './short-text.js';
import type { BoundTool, ToolCatalog } from './tool-catalog.js';

/** The longest description in bytes, unless the guide of the runtime alone is longer. */
export const MAX_DESCRIPTION_BYTES = 16 * 1024;

/** The description of the tool for one catalog; `limits` are left out when they are unknown. */
export function scriptToolDescription(
  runtimes: readonly ScriptRuntime[],
  catalog: ToolCatalog,
  limits: Limits | undefined,
  maxBytes = MAX_DESCRIPTION_BYTES,
): string {
  const head = [
    PURPOSE,
    guideText(runtimes, ({ guide }) => guide),
    ...(limits === undefined ? [] : [limitsText(limits)]),
  ].join('\n\n');
  const room = maxBytes - utf8Bytes(head) - 2;
  return `${head}\n\n${toolsText(runtimes[0]!, catalog.bound, room)}`;
}

/**
 * The same for where tools are found on demand: how a script finds them. In at most 2,000 bytes with one
 * language, if the brief guide of its runtime is as short as it should be.
 */
export function briefDescription(
  runtimes: readonly ScriptRuntime[],
  { bound }: ToolCatalog,
  limits: Limits | undefined,
): string {
  const parts = [BRIEF_PURPOSE, reachText(bound.length > 0), guideText(runtimes, briefly)];
  if (limits !== undefined) parts.push(limitsText(limits));
  return parts.join('\n\n');
}

/** The guide of the default language, and in short those of the others. */
function guideText(
  [first, ...others]: readonly ScriptRuntime[],
  guideOf: (runtime: ScriptRuntime) => string,
): string {
  if (others.length === 0) return guideOf(first!);
  return [
    `The parameter language chooses: ${[first!, ...others].map(languageOf).join(', ')}; ${languageOf(first!)} when absent.`,
    guideOf(first!),
    ...others.map((runtime) => `With language "${languageOf(runtime)}": ${briefly(runtime)}`),
  ].join('\n\n');
}

function briefly({ briefGuide, guide }: ScriptRuntime): string {
  return briefGuide ?? guide;
}

const BRIEF_PURPOSE = `Runs one script on the server that calls tools as functions, and answers one result. \
Use it in place of several single calls: to loop, filter and combine, to call at the same time, and to keep \
data that only the next step needs out of the conversation.`;

/** Without their number: what is listed stays the same while tools come and go that are not. */
function reachText(hasTools: boolean): string {
  if (!hasTools) return 'There are no tools now.';
  return `It reaches every tool, found before or not: in the script, tools.search("send an email", limit=10) answers \
[{name, signature, description}] of those that fit, tools.describe("name") adds parameters, result and schemas. \
The client's call_tool(tool_name, parameters) makes one call without a script; in a script tools are functions.`;
}

const HOW_TO_FIND =
  'a script finds them with tools.search("words") and reads them with tools.describe("name")';

const PURPOSE = `Runs one script on the server that calls the tools below as functions, and answers one result. \
Use it in place of several single calls: to loop, branch, filter and combine, to make independent calls at the \
same time, and to keep data that only the next step needs out of the conversation.`;

function limitsText(limits: Limits): string {
  const { toolCalls, parallel, wallTimeMs, toolCallTimeoutMs, outputBytes, logBytes } = limits;
  return `Limits: ${String(toolCalls)} tool calls, ${String(parallel)} at the same time, ${seconds(wallTimeMs)} in all, \
${seconds(toolCallTimeoutMs)} a call; a result of ${size(outputBytes)}; ${size(logBytes)} printed.`;
}

function seconds(ms: number): string {
  return `${String(ms / 1000)} s`;
}

function size(bytes: number): string {
  if (bytes % 1024 !== 0) return `${String(bytes)} bytes`;
  return bytes % 1024 ** 2 === 0 ? `${String(bytes / 1024 ** 2)} MiB` : `${String(bytes / 1024)} KiB`;
}

const HEADING = 'Tools, as the script calls them:';

/** How a tool is told of, from the most to the least. */
const LEVELS: readonly ((runtime: ScriptRuntime, bound: BoundTool) => string)[] = [
  (runtime, bound) => `- ${signature(runtime, bound, 500)}${described(bound, 300)}`,
  (runtime, bound) => `- ${signature(runtime, bound, 300)}${described(bound, 80)}`,
  (runtime, bound) => `- ${signature(runtime, bound, 200)}`,
  (runtime, bound) => `- ${signature(runtime, bound, 100)}`,
  (_runtime, bound) => `- ${bound.scriptName}`,
];

function toolsText(runtime: ScriptRuntime, bound: readonly BoundTool[], room: number): string {
  if (bound.length === 0) return 'There are no tools now.';
  for (const level of LEVELS) {
    const text = fitting(bound, (tool) => level(runtime, tool), room - HEADING.length);
    if (text !== undefined) return HEADING + text;
  }
  return HEADING + beginning(bound, room - HEADING.length);
}

/** All lines, each with a line feed before it; undefined as soon as they do not fit. */
function fitting(
  bound: readonly BoundTool[],
  line: (tool: BoundTool) => string,
  room: number,
): string | undefined {
  let text = '';
  let bytes = 0;
  for (const tool of bound) {
    const next = `\n${line(tool)}`;
    bytes += utf8Bytes(next);
    if (bytes > room) return undefined;
    text += next;
  }
  return text;
}

/** As many names as fit, and how to find the rest. */
function beginning(bound: readonly BoundTool[], room: number): string {
  const names: string[] = [];
  let left = room - restText(bound.length).length - 1;
  for (const { scriptName } of bound) {
    left -= scriptName.length + 2;
    if (left < 0) break;
    names.push(scriptName);
  }
  return `\n${names.join(', ')}${restText(bound.length - names.length)}`;
}

function restText(count: number): string {
  return `\nand ${String(count)} more: ${HOW_TO_FIND}.`;
}

/** The longest signature: one may be longer than wanted. */
const MAX_SIGNATURE = 1_000;

function signature(runtime: ScriptRuntime, bound: BoundTool, wantedLength: number): string {
  return oneLine(runtime.signature(bound, wantedLength), MAX_SIGNATURE);
}

function described({ tool, scriptName }: BoundTool, maxLength: number): string {
  const realName = tool.name === scriptName ? '' : ` [tool ${JSON.stringify(oneLine(tool.name, MAX_NAME))}]`;
  const words = typeof tool.description === 'string' ? oneLine(tool.description, maxLength) : '';
  return `${realName}${words === '' ? '' : `: ${words}`}`;
}

const MAX_NAME = 100;
