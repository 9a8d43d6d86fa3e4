/** Callers, tools, resources and prompts as entities of Cedar. */
import type { EntityJson, TypeAndId } from '@cedar-policy/cedar-wasm/nodejs';

import {
  isJsonArray,
  isJsonObject,
  type Caller,
  type Json,
  type JsonObject,
  type ToolDefinition,
} from '../../../core/index.js';
import { cedarRecord, wellFormed, type CedarRecord } from './cedar-value.js';

/** An entity whose name is told in full. */
export interface Entity extends EntityJson {
  readonly uid: TypeAndId;
  readonly parents: TypeAndId[];
}

/** Claims that change with each token; and what a client says of itself, which nobody verified. */
const LEFT_OUT: ReadonlySet<string> = new Set(['exp', 'iat', 'nbf', 'jti', 'client']);

/** `Caller::"id"` with the claims as attributes, in `Role::"…"` for each role. Throws `Unjudgeable`. */
export function callerEntity({ id, claims = {} }: Caller): Entity {
  const kept = Object.fromEntries(Object.entries(claims).filter(([name]) => !LEFT_OUT.has(name)));
  return entity(
    'Caller',
    id,
    cedarRecord(kept),
    textsOf(claims['roles']).map((role) => ({
      type: 'Role',
      id: wellFormed(role),
    })),
  );
}

/**
 * `Tool::"name"` with `name`, `title`, `annotations` and `server`, in `Server::"…"` where that is known.
 * Throws `Unjudgeable`.
 */
export function toolEntity({ name, title, annotations }: ToolDefinition, server: string | undefined): Entity {
  const attributes = {
    name,
    ...(typeof title === 'string' && { title }),
    annotations: isJsonObject(annotations) ? annotations : {},
    ...(server !== undefined && { server }),
  };
  const servers = server === undefined ? [] : [{ type: 'Server', id: wellFormed(server) }];
  return entity('Tool', name, cedarRecord(attributes), servers);
}

/** `Resource::"uri"`, or `Prompt::"name"`, with what is listed of it that policies may want. */
export function contextEntity(type: 'Resource' | 'Prompt', id: string, item: JsonObject = {}): Entity {
  const attributes = Object.fromEntries(
    ITEM_FIELDS.flatMap((field) => (Object.hasOwn(item, field) ? [[field, item[field]!]] : [])),
  );
  return entity(type, id, { ...cedarRecord(attributes), name: wellFormed(id) });
}

const ITEM_FIELDS = ['title', 'mimeType', 'annotations'] as const;

function entity(type: string, id: string, attrs: CedarRecord, parents: TypeAndId[] = []): Entity {
  return { uid: { type, id: wellFormed(id) }, attrs, parents };
}

function textsOf(value: Json | undefined): string[] {
  return isJsonArray(value) ? value.filter((item): item is string => typeof item === 'string') : [];
}
