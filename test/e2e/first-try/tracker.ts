/** An issue tracker with data that never changes: the tools that the scripts of this folder call. */
import { readFileSync } from 'node:fs';
import { defineTool } from '../../../adapters/library/index.js';
import type { Json, JsonObject, Tool } from '../../../core/index.js';

interface Tracker {
  readonly issues: readonly (JsonObject & { id: number; title: string; state: string })[];
  readonly users: Readonly<Record<string, JsonObject>>;
  readonly orders: string;
}

const data = JSON.parse(readFileSync(new URL('data.json', import.meta.url), 'utf8')) as Tracker;

/** The tools of the tracker. */
export const trackerTools: Tool[] = [
  tool('search_issues', { query: 'string', state: 'string', limit: 'integer' }, ['query'], (args) => {
    const { query, state, limit = 20 } = args as { query: string; state?: string; limit?: number };
    const items = data.issues.filter(
      (issue) =>
        issue.title.toLowerCase().includes(query.toLowerCase()) &&
        (state === undefined || issue.state === state),
    );
    return { items: items.slice(0, limit), total: items.length };
  }),
  tool('list_page', { page: 'integer', size: 'integer' }, ['page', 'size'], (args) => {
    const { page, size } = args as { page: number; size: number };
    return { items: data.issues.slice((page - 1) * size, page * size) };
  }),
  tool('get_issue', { id: 'integer' }, ['id'], ({ id }) => {
    const issue = data.issues.find((candidate) => candidate.id === id);
    if (issue === undefined) throw new Error(`issue ${JSON.stringify(id)} not found`);
    return issue;
  }),
  tool('get_user', { login: 'string' }, ['login'], ({ login }) => userOf(login)),
  tool('get_user_json', { login: 'string' }, ['login'], ({ login }) => JSON.stringify(userOf(login))),
  tool('read_orders', {}, [], () => data.orders),
  tool('flaky', { n: 'integer' }, ['n'], ({ n }) => {
    if (Number(n) < 3) throw new Error('try again');
    return `ok at ${JSON.stringify(n)}`;
  }),
  tool('send_message', { channel: 'string', text: 'string' }, ['channel', 'text'], () => ({ ok: true })),
];

function userOf(login: Json | undefined): JsonObject {
  const user = typeof login === 'string' ? data.users[login] : undefined;
  if (user === undefined) throw new Error(`no user ${JSON.stringify(login)}`);
  return user;
}

function tool(
  name: string,
  parameters: Readonly<Record<string, string>>,
  required: readonly string[],
  call: (args: JsonObject) => Json,
): Tool {
  const properties = Object.fromEntries(Object.entries(parameters).map(([key, type]) => [key, { type }]));
  return defineTool({
    name,
    inputSchema: { type: 'object', properties, required: [...required], additionalProperties: false },
    call,
  });
}
