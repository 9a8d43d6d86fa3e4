/** What a request for context is about, as a policy knows it. */
import type { ContextKind, ContextMethod } from './context-source.js';
import { isJsonObject } from './json.js';
import type { Json, JsonObject } from './json.js';
import type { ContextUse } from './limit-policy.js';

/** One resource, template of resources or prompt. */
export interface ContextSubject extends Omit<ContextUse, 'caller'> {
  /** Where it would be listed, and the field of an item that holds its name there. */
  readonly list: ContextKind;
  readonly key: 'uri' | 'uriTemplate' | 'name';
}

/** The subject of a request; nothing for parameters that name none. */
export function subjectOf(method: ContextMethod, params: JsonObject): ContextSubject | undefined {
  switch (method) {
    case 'resources/read':
      return resource('uri', params['uri']);
    case 'prompts/get':
      return prompt(params['name'], params['arguments']);
    case 'completion/complete':
      return referred(params['ref']);
  }
}

/** Completing arguments is about the prompt or template that they are of. */
function referred(ref: Json | undefined): ContextSubject | undefined {
  if (!isJsonObject(ref)) return undefined;
  return ref['type'] === 'ref/prompt' ? prompt(ref['name']) : resource('uriTemplate', ref['uri']);
}

function resource(key: 'uri' | 'uriTemplate', name: Json | undefined): ContextSubject | undefined {
  if (typeof name !== 'string') return undefined;
  return { kind: 'resource', name, key, list: key === 'uri' ? 'resources' : 'resourceTemplates' };
}

function prompt(name: Json | undefined, args?: Json): ContextSubject | undefined {
  if (typeof name !== 'string') return undefined;
  return { kind: 'prompt', name, key: 'name', list: 'prompts', ...(isJsonObject(args) && { args }) };
}
