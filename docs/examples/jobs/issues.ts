/** 5,205 issues in 53 pages, reduced to a summary of a few lines. */
import { createCodeMode } from 'toolscript';
import { createMcpDispatcher } from 'toolscript/plugins/dispatchers/mcp';
import { judge } from './judge.js';
import { scriptOr } from './script.js';
import { createIssues } from './servers/issues.js';
import { serveAll } from './servers/served.js';

const { server, issues } = createIssues({ latencyMs: 40 });
const served = await serveAll({ issues: server });
const codeMode = await createCodeMode({ dispatcher: createMcpDispatcher(served) });

const data = { stale_before: '2025-01-01' };
const outcome = await codeMode.run({ script: scriptOr('issues.star'), data });
console.log(outcome.ok ? outcome.value : outcome.error);
const read = Buffer.byteLength(JSON.stringify(issues));
const bytes = outcome.usage.outputBytes;
console.error(`${read.toLocaleString('en')} bytes of issues, ${String(bytes)} of them in the answer's place`);
await codeMode.close();
await served.close();

// The same from the server's own list.
const open = issues.filter(({ state }) => state === 'open');
const summary = outcome.ok ? (outcome.value as Record<string, unknown>) : {};
const labelled = (label: string): number => open.filter(({ labels }) => labels.includes(label)).length;
const labels = [...new Set(open.flatMap((issue) => issue.labels))];
judge('all issues were read', summary['issues'], issues.length);
judge('the open ones were counted', summary['open'], open.length);
judge('and the stale ones', summary['stale'], open.filter((issue) => issue.updated_on < '2025-01-01').length);
judge(
  'and those of each label',
  summary['by_label'],
  Object.fromEntries(labels.map((l) => [l, labelled(l)])),
);
judge('one page was read once', outcome.calls.length, Math.ceil(issues.length / 100));

//> {
//>   issues: 5205,
//>   open: 1733,
//>   stale: 998,
//>   by_label: {
//>     bug: 866,
//>     feature: 434,
//>     question: 433,
//>     docs: 371,
//>     api: 371,
//>     build: 251,
//>     login: 248,
//>     search: 246,
//>     billing: 246
//>   },
//>   discussed: [
//>     '#2134 search forgets the second page (331)',
//>     '#485 search is slow for old clients (324)',
//>     '#4656 billing forgets an empty list (299)'
//>   ]
//> }
//> right: all issues were read
//> right: the open ones were counted
//> right: and the stale ones
//> right: and those of each label
//> right: one page was read once
