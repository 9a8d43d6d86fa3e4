/** What a server's lists of resources, resource templates and prompts must be like. */
import { specTypeSchemas } from '@modelcontextprotocol/client';

import type { ContextKind, JsonObject } from '../../../../core/index.js';
import type { ItemKind } from './item-list.js';
import { firstIssue } from './spec-issue.js';

/** A prompt as a server lists it. */
export interface Prompt extends JsonObject {
  readonly name: string;
}

/** A longer URI is none that anybody wrote. */
export const MAX_URI_LENGTH = 4_096;

/** The kinds of context. */
export const CONTEXT_KINDS: {
  readonly [Kind in ContextKind]: ItemKind<Kind extends 'prompts' ? Prompt : JsonObject>;
} = {
  resources: {
    method: 'resources/list',
    field: 'resources',
    noun: 'resource',
    key: 'uri',
    maxKeyLength: MAX_URI_LENGTH,
    judge: (resource) => firstIssue(specTypeSchemas.Resource, resource),
  },
  resourceTemplates: {
    method: 'resources/templates/list',
    field: 'resourceTemplates',
    noun: 'resource template',
    key: 'uriTemplate',
    maxKeyLength: MAX_URI_LENGTH,
    judge: (template) => firstIssue(specTypeSchemas.ResourceTemplate, template),
  },
  prompts: {
    method: 'prompts/list',
    field: 'prompts',
    noun: 'prompt',
    key: 'name',
    maxKeyLength: 256,
    judge: (prompt) => firstIssue(specTypeSchemas.Prompt, prompt),
  },
};
