/**
 * What a tool's answer is to a script.
 *
 * | the answer has | the reply is |
 * | --- | --- |
 * | `isError` | no reply: `tool/failed` with the tool's own text |
 * | `structuredContent` | that; `{"result": x}` alone is `x`; other content stands beside it |
 * | text only | the text, several blocks joined by line feeds; the runtime reads it as JSON if it is JSON |
 * | other content (images, audio, resources) | `{"text": …, "content": [the other blocks]}`; no `text` without text |
 * | nothing | null |
 *
 * An answer that is not one, or is larger than one value may be, is `tool/failed` too.
 */
import { utf8Bytes } from './byte-count.js';
import { ToolscriptError } from './error.js';
import { isJsonObject } from './json.js';
import type { Json } from './json.js';
import { measureJson } from './json-measure.js';
import type { ToolReply } from './script-runtime.js';
import { cutText } from './short-text.js';
import { asToolscriptError } from './thrown.js';
import type { ContentBlock, ToolResult } from './tool-dispatcher.js';
import { typeMet } from './type-name.js';

/** Checks that a dispatcher answered a tool's result; throws `tool/failed`. */
export function checkToolResult(tool: string, answer: unknown): asserts answer is ToolResult {
  const fault = shapeFault(answer);
  if (fault !== undefined) throw nonsense(tool, fault);
}

/** The reply to a script; throws `tool/failed`. No part of it is larger than `maxBytes` as JSON text. */
export function toReply(tool: string, result: ToolResult, maxBytes: number): ToolReply {
  try {
    return replyOf(tool, result, maxBytes);
  } catch (thrown) {
    throw asToolscriptError(thrown) ?? nonsense(tool, UNREADABLE);
  }
}

function replyOf(tool: string, result: ToolResult, maxBytes: number): ToolReply {
  if (result.isError === true) throw toolError(tool, result);
  const others = result.content.filter((block) => !isText(block));
  if (result.structuredContent !== undefined && result.structuredContent !== null) {
    const json = measured(tool, unwrapped(result.structuredContent), maxBytes);
    if (others.length === 0) return { json };
    measured(tool, others, maxBytes);
    return { json, content: others };
  }
  const texts = result.content.filter(isText);
  if (others.length > 0)
    return { json: measured(tool, mixedContent(texts, others), maxBytes), content: others };
  return texts.length > 0 ? { text: joined(tool, texts, maxBytes) } : { json: null };
}

/** How much there is to read in a result, in bytes, about: texts and encoded content, else the structured content. */
export function resultBytes({ content, structuredContent }: ToolResult): number {
  try {
    let bytes = 0;
    for (const { text, data } of content) {
      if (typeof text === 'string') bytes += text.length;
      if (typeof data === 'string') bytes += data.length;
    }
    if (bytes > 0 || structuredContent === undefined) return bytes;
    const measure = measureJson(structuredContent, Number.POSITIVE_INFINITY);
    return measure.fault === undefined ? measure.bytes : 0;
  } catch {
    return 0;
  }
}

const UNREADABLE = 'a value that cannot be read';

/** What is wrong with an answer's shape; undefined when nothing is. */
function shapeFault(answer: unknown): string | undefined {
  try {
    if (!isJsonObject(answer)) return typeMet(answer);
    const { content } = answer;
    if (!Array.isArray(content)) return `content is ${typeMet(content)}, want an array`;
    const index = content.findIndex((block) => !isBlock(block));
    return index < 0 ? undefined : `content[${String(index)}] is no content block`;
  } catch {
    return UNREADABLE;
  }
}

function isBlock(block: unknown): boolean {
  if (!isJsonObject(block) || typeof block['type'] !== 'string') return false;
  return block['type'] !== 'text' || typeof block['text'] === 'string';
}

type TextBlock = ContentBlock & { readonly text: string };

function isText(block: ContentBlock): block is TextBlock {
  return block.type === 'text';
}

function unwrapped(structured: Json): Json {
  if (!isJsonObject(structured)) return structured;
  const keys = Object.keys(structured);
  return keys.length === 1 && keys[0] === 'result' ? structured['result']! : structured;
}

function mixedContent(texts: readonly TextBlock[], others: readonly ContentBlock[]): Json {
  return texts.length > 0 ? { text: textOf(texts), content: others } : { content: others };
}

function textOf(texts: readonly TextBlock[]): string {
  return texts.map((block) => block.text).join('\n');
}

function joined(tool: string, texts: readonly TextBlock[], maxBytes: number): string {
  const text = textOf(texts);
  if (utf8Bytes(text, maxBytes) > maxBytes) throw tooLarge(tool, maxBytes);
  return text;
}

function measured(tool: string, json: Json, maxBytes: number): Json {
  const measure = measureJson(json, maxBytes);
  if (measure.fault !== undefined) throw nonsense(tool, measure.fault);
  if (measure.bytes > maxBytes) throw tooLarge(tool, maxBytes);
  return json;
}

const MAX_ERROR_TEXT = 4_000;
const MAX_ERROR_BLOCKS = 20;

/** What the tool says is wrong, where its result is an error. */
export function toolErrorOf(tool: string, result: ToolResult): ToolscriptError | undefined {
  return result.isError === true ? toolError(tool, result) : undefined;
}

function toolError(tool: string, result: ToolResult): ToolscriptError {
  const blocks = result.content.filter(isText).slice(0, MAX_ERROR_BLOCKS);
  const said = blocks
    .map((block) => cutText(block.text, MAX_ERROR_TEXT))
    .join('\n')
    .trim();
  const message = said === '' ? `call ${tool}: the tool failed and did not say why` : said;
  return new ToolscriptError({ code: 'tool/failed', message: cutText(message, MAX_ERROR_TEXT), tool });
}

function nonsense(tool: string, met: string): ToolscriptError {
  const message = `call ${tool}: the tool answered nonsense: ${met}`;
  return new ToolscriptError({ code: 'tool/failed', message, tool });
}

function tooLarge(tool: string, maxBytes: number): ToolscriptError {
  const message = `call ${tool}: the tool answered more than the ${String(maxBytes)} bytes that one value may have`;
  const hint = 'ask the tool for less at once';
  return new ToolscriptError({ code: 'tool/failed', message, hint, tool });
}
