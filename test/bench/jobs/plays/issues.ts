/** 5,205 issues in 53 pages. */
import { createIssues, type Issue } from '../../../../docs/examples/jobs/servers/issues.js';
import type { Call, Job, Turn } from '../job.js';
import { exampleScript } from './script.js';

const STALE_BEFORE = '2025-01-01';
const PAGE = 100;

/** A summary of a few lines. */
export const issues: Job = {
  title: 'issues: 5,205 in 53 pages',
  searches: { list_issues: 'list issues page by page' },
  script: exampleScript('issues'),
  data: { stale_before: STALE_BEFORE },
  open: (latencyMs) => ({ servers: { issues: createIssues({ latencyMs }).server }, left: () => null }),
  play,
};

interface PageOfIssues {
  readonly total: number;
  readonly issues: readonly Issue[];
}

async function play(turn: Turn): Promise<unknown> {
  const read = (page: number): Call => ({ tool: 'list_issues', args: { page, per_page: PAGE } });
  const [first] = (await turn([read(1)])) as [PageOfIssues];
  const others = Array.from({ length: Math.ceil(first.total / PAGE) - 1 }, (_, at) => read(at + 2));
  const pages = [first, ...((await turn(others)) as PageOfIssues[])];
  const all = pages.flatMap((page) => page.issues);
  const open = all.filter(({ state }) => state === 'open');
  const byLabel: Record<string, number> = {};
  for (const label of open.flatMap(({ labels }) => labels)) byLabel[label] = (byLabel[label] ?? 0) + 1;
  const discussed = [...open].sort((a, b) => b.comments - a.comments || a.number - b.number).slice(0, 3);
  return {
    issues: all.length,
    open: open.length,
    stale: open.filter((issue) => issue.updated_on < STALE_BEFORE).length,
    by_label: byLabel,
    discussed: discussed.map(
      ({ number, title, comments }) => `#${String(number)} ${title} (${String(comments)})`,
    ),
  };
}
