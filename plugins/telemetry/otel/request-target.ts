/** What a request of a client is about, in the words of the conventions. */
import type { RequestSubject } from '../../../core/index.js';
import { CONVENTION, OTHER, TOOLS_CALL } from './names.js';
import { shortName } from './short-text.js';

/** The methods of MCP that clients send; a client may make up others. */
const METHODS: ReadonlySet<string> = new Set([
  'initialize',
  'ping',
  TOOLS_CALL,
  'tools/list',
  'prompts/get',
  'prompts/list',
  'resources/list',
  'resources/read',
  'resources/subscribe',
  'resources/templates/list',
  'resources/unsubscribe',
  'completion/complete',
  'logging/setLevel',
  'server/discover',
  'subscriptions/listen',
  'tasks/cancel',
  'tasks/get',
  'tasks/list',
  'tasks/result',
  'tasks/update',
]);

/** The method, if it is one of the protocol. */
export function methodOf({ method }: Pick<RequestSubject, 'method'>): string {
  return METHODS.has(method) ? method : OTHER;
}

/** The attributes of method and target; `nameOf` chooses what is said of a name. */
export function targetAttributes(
  request: Pick<RequestSubject, 'method' | 'target'>,
  nameOf: (kind: 'tool' | 'prompt', name: string) => string = (_, name) => shortName(name),
): Record<string, string> {
  const { method, target } = request;
  const attributes = { [CONVENTION.method]: methodOf(request) };
  if (method === TOOLS_CALL) {
    return {
      ...attributes,
      [CONVENTION.operation]: 'execute_tool',
      ...(target !== undefined && { [CONVENTION.tool]: nameOf('tool', target) }),
    };
  }
  if (method !== 'prompts/get' || target === undefined) return attributes;
  return { ...attributes, [CONVENTION.prompt]: nameOf('prompt', target) };
}

/** How the conventions call a transport. */
export function transportOf({ transport }: Pick<RequestSubject, 'transport'>): 'pipe' | 'tcp' {
  return transport === 'stdio' ? 'pipe' : 'tcp';
}
