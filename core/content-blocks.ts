/**
 * Which results of a script are MCP content rather than data: an image, audio, resource or resource link
 * exactly as a tool answered it, a list of such blocks (with text blocks between them), or a tool's whole
 * mixed answer `{"text": …, "content": […]}`. One field too many, and it is data.
 */
import { isJsonArray, isJsonObject } from './json.js';
import type { Json, JsonObject } from './json.js';
import type { ContentBlock } from './tool-dispatcher.js';

/** The blocks that a result stands for; undefined when it is data. */
export function contentBlocks(value: Json): readonly ContentBlock[] | undefined {
  if (isJsonArray(value)) return blockList(value);
  if (!isJsonObject(value)) return undefined;
  return isRichBlock(value) ? [value] : mixedAnswer(value);
}

function blockList(items: readonly Json[]): readonly ContentBlock[] | undefined {
  const isAllBlocks = items.every(isContentBlock);
  return isAllBlocks && items.some(isRichBlock) ? items : undefined;
}

function mixedAnswer({ text, content, ...rest }: JsonObject): readonly ContentBlock[] | undefined {
  if (Object.keys(rest).length > 0 || !isJsonArray(content)) return undefined;
  const blocks = blockList(content);
  if (blocks === undefined || text === undefined) return blocks;
  return typeof text === 'string' ? [{ type: 'text', text }, ...blocks] : undefined;
}

function isContentBlock(value: Json): value is ContentBlock {
  return isRichBlock(value) || isShaped(value, TEXT);
}

function isRichBlock(value: Json): value is ContentBlock {
  const type = isJsonObject(value) ? value['type'] : undefined;
  const shape = typeof type === 'string' ? SHAPES.get(type) : undefined;
  return shape !== undefined && isShaped(value, shape);
}

type Check = (value: Json) => boolean;

/** The fields of a block: those that must be there and those that may. */
interface Shape {
  readonly needed: ReadonlyMap<string, Check>;
  readonly allowed: ReadonlyMap<string, Check>;
}

function isShaped(value: Json, { needed, allowed }: Shape): boolean {
  if (!isJsonObject(value)) return false;
  const keys = Object.keys(value);
  const isKnown = keys.every((key) => (needed.get(key) ?? allowed.get(key))?.(value[key]!) === true);
  return isKnown && [...needed.keys()].every((key) => Object.hasOwn(value, key));
}

const isText: Check = (value) => typeof value === 'string';
const isNumber: Check = (value) => typeof value === 'number';
const isObject: Check = (value) => isJsonObject(value);
const isList: Check = (value) => isJsonArray(value);
const isType: Check = (value) => typeof value === 'string';
const isBase64: Check = (value) =>
  typeof value === 'string' && value.length % 4 === 0 && /^[A-Za-z0-9+/]*={0,2}$/.test(value);

function shape(needed: Record<string, Check>, allowed: Record<string, Check> = {}): Shape {
  return {
    needed: new Map(Object.entries(needed)),
    allowed: new Map(Object.entries({ annotations: isObject, _meta: isObject, ...allowed })),
  };
}

const TEXT = shape({ type: (value) => value === 'text', text: isText });
const MEDIA = shape({ type: isType, data: isBase64, mimeType: isText });
const TEXT_RESOURCE = shape({ uri: isText, text: isText }, { mimeType: isText });
const BLOB_RESOURCE = shape({ uri: isText, blob: isBase64 }, { mimeType: isText });

const SHAPES: ReadonlyMap<string, Shape> = new Map([
  ['image', MEDIA],
  ['audio', MEDIA],
  [
    'resource',
    shape({
      type: isType,
      resource: (value) => isShaped(value, TEXT_RESOURCE) || isShaped(value, BLOB_RESOURCE),
    }),
  ],
  [
    'resource_link',
    shape(
      { type: isType, uri: isText, name: isText },
      { title: isText, description: isText, mimeType: isText, size: isNumber, icons: isList },
    ),
  ],
]);
