/** A tracker with 5,205 issues, which it tells a hundred at a time. */
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import { slowly } from './served.js';

/** How many there are. */
export const ISSUES = 5205;

const AREAS = ['api', 'billing', 'build', 'docs', 'login', 'search'];
const KINDS = ['bug', 'bug', 'feature', 'question'];
const VERBS = ['fails on', 'is slow for', 'forgets', 'says nothing of'];
const THINGS = ['an empty list', 'long names', 'the second page', 'old clients', 'a lost connection'];
const BODY = 'What I did, what I hoped for and what I saw instead, with the version and the system. ';

const issue = z.object({
  number: z.number(),
  title: z.string(),
  state: z.enum(['open', 'closed']),
  labels: z.array(z.string()),
  author: z.string(),
  updated_on: z.string(),
  comments: z.number(),
  body: z.string(),
});

/** An issue as the server has it. */
export type Issue = z.infer<typeof issue>;

/** The server, and its issues. */
export function createIssues({ latencyMs = 0 } = {}): { server: McpServer; issues: readonly Issue[] } {
  const issues = Array.from({ length: ISSUES }, (_, index) => issueOf(index + 1));
  const answer = slowly(latencyMs);
  const server = new McpServer({ name: 'issues', version: '1.0.0' });
  server.registerTool(
    'list_issues',
    {
      description: 'Issues by number, one page of them; total says how many there are in all.',
      inputSchema: {
        page: z.number().int().min(1),
        per_page: z.number().int().min(1).max(100).default(30),
      },
      outputSchema: { total: z.number(), issues: z.array(issue) },
    },
    ({ page, per_page }) =>
      answer(() => ({ total: ISSUES, issues: issues.slice((page - 1) * per_page, page * per_page) })),
  );
  return { server, issues };
}

/** Figures that look as if they had come about by chance, and are the same every time. */
function issueOf(number: number): Issue {
  const mixed = (number * 2654435761) % 2 ** 32;
  const one = <T>(list: readonly T[], step: number): T => list[Math.floor(mixed / step) % list.length]!;
  const area = one(AREAS, 7);
  const year = 2023 + Math.floor(number / 1500);
  const [month, day] = [1 + (Math.floor(mixed / 31) % 12), 1 + (Math.floor(mixed / 57) % 28)];
  return {
    number,
    title: `${area} ${one(VERBS, 11)} ${one(THINGS, 13)}`,
    state: mixed % 3 === 0 ? 'open' : 'closed',
    labels: [area, one(KINDS, 17)],
    author: `user${String(mixed % 211)}`,
    updated_on: `${String(year)}-${two(month)}-${two(day)}`,
    comments: Math.floor(mixed / 1009) % (number % 97 === 0 ? 400 : 12),
    body: BODY.repeat(1 + (mixed % 4)),
  };
}

function two(figure: number): string {
  return String(figure).padStart(2, '0');
}
