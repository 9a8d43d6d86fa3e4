/** Incident triage over four servers: pagers, metrics, chat and tickets. */
import { createCodeMode } from 'toolscript';
import { createMcpDispatcher } from 'toolscript/plugins/dispatchers/mcp';
import { judge } from './judge.js';
import { scriptOr } from './script.js';
import { createChat, DEPLOYED } from './servers/chat.js';
import { BURNING, createMetrics, UNMEASURED } from './servers/metrics.js';
import { createPagers } from './servers/pagers.js';
import { serveAll } from './servers/served.js';
import { createTickets, KNOWN } from './servers/tickets.js';

const [pagers, metrics] = [createPagers({ latencyMs: 40 }), createMetrics({ latencyMs: 60 })];
const [chat, tickets] = [createChat({ latencyMs: 50 }), createTickets({ latencyMs: 80 })];
const served = await serveAll({
  pagers: pagers.server,
  metrics: metrics.server,
  chat: chat.server,
  tickets: tickets.server,
});
const codeMode = await createCodeMode({ dispatcher: createMcpDispatcher(served) });
await codeMode.listTools();

const outcome = await codeMode.run({ script: scriptOr('triage.star') });
console.log(outcome.ok ? outcome.value : outcome.error);
const waited = outcome.calls.reduce((sum, { ranMs }) => sum + ranMs, 0);
const { wallTimeMs } = outcome.usage;
console.error(
  `${String(outcome.calls.length)} calls of ${waited.toFixed(0)} ms, in ${wallTimeMs.toFixed(0)} ms`,
);
await codeMode.close();
await served.close();

const open = [...BURNING, UNMEASURED];
judge(
  'what burns has a ticket, once',
  tickets.tickets.map(({ service }) => service).sort(),
  [...BURNING].sort(),
);
judge(
  'a known trouble got a comment, not a second ticket',
  tickets.tickets.map(({ comments }) => comments.length),
  tickets.tickets.map(({ service }) => (service === KNOWN ? 1 : 0)),
);
judge(
  'each new ticket names the deploy before it',
  tickets.tickets
    .filter(({ service, title }) => title.includes(DEPLOYED[service] ?? 'no deploy'))
    .map(({ service }) => service),
  BURNING.filter((service) => service !== KNOWN),
);
judge(
  'only the page that nobody could judge is open',
  pagers.pages.filter(({ status }) => status === 'open').map(({ service }) => service),
  [UNMEASURED],
);
const said = chat.messages.filter(({ author }) => author === 'agent');
judge(
  'the channel was told once, of each',
  [said.length, said[0]?.text.split('\n').length],
  [1, open.length],
);

//> {
//>   pages: 12,
//>   recovered: 7,
//>   open: [
//>     'checkout: checkout-1, deployed checkout 4.2.0',
//>     'login: login-1, deployed login 7.0.1',
//>     'feed: feed-1, no deploy',
//>     'uploads: uploads-1, deployed uploads 2.11.0',
//>     'ledger: cannot tell, no measurements of ledger in the last hour'
//>   ]
//> }
//> right: what burns has a ticket, once
//> right: a known trouble got a comment, not a second ticket
//> right: each new ticket names the deploy before it
//> right: only the page that nobody could judge is open
//> right: the channel was told once, of each
