/** Twelve pages, four servers. */
import { createChat } from '../../../../docs/examples/jobs/servers/chat.js';
import { createMetrics } from '../../../../docs/examples/jobs/servers/metrics.js';
import { createPagers } from '../../../../docs/examples/jobs/servers/pagers.js';
import { createTickets } from '../../../../docs/examples/jobs/servers/tickets.js';
import type { Call, Job, Turn } from '../job.js';
import { exampleScript } from './script.js';

interface Page {
  readonly id: string;
  readonly service: string;
  readonly title: string;
}
type Points = readonly { readonly value: number }[];

/** Looks at every page, then acts on each. */
export const triage: Job = {
  title: 'triage: 12 pages, 4 servers',
  searches: {
    list_pages: 'open pages that nobody has acknowledged',
    query_metric: 'error rate of a service over time',
    search_messages: 'search chat messages',
    find_tickets: 'open tickets of a service',
    create_ticket: 'open a new ticket',
    comment_ticket: 'comment on a ticket',
    acknowledge_page: 'acknowledge a page',
    post_message: 'say something in a chat channel',
  },
  script: exampleScript('triage'),
  data: {},
  open: (latencyMs) => {
    const [pagers, metrics] = [createPagers({ latencyMs }), createMetrics({ latencyMs })];
    const [chat, tickets] = [createChat({ latencyMs }), createTickets({ latencyMs })];
    return {
      servers: {
        pagers: pagers.server,
        metrics: metrics.server,
        chat: chat.server,
        tickets: tickets.server,
      },
      left: () => [
        pagers.pages,
        byId(tickets.tickets),
        chat.messages.filter(({ author }) => author === 'agent'),
      ],
    };
  },
  play,
};

/** Calls side by side come in any order. */
function byId<T extends { readonly id: string }>(list: readonly T[]): T[] {
  return [...list].sort((a, b) => a.id.localeCompare(b.id));
}

async function play(turn: Turn): Promise<unknown> {
  const [pages] = (await turn([{ tool: 'list_pages', args: {} }])) as [readonly Page[]];
  const found = await turn(pages.flatMap(({ service }) => questions(service)));
  const made = [...(await turn(pages.flatMap((page, at) => ticketCalls(page, found.slice(3 * at)))))];
  const lines: string[] = [];
  const acknowledged = pages.flatMap((page, at): Call[] => {
    const [points, deploys, known] = found.slice(3 * at) as [Points | Error, Named[], Named[]];
    if (points instanceof Error) {
      lines.push(`${page.service}: cannot tell, ${points.message}`);
      return [];
    }
    if (!burns(points)) return [acknowledge(page, 'recovered by itself')];
    const ticket = known[0]?.id ?? (made.shift() as Named).id!;
    if (known[0] !== undefined) made.shift();
    lines.push(`${page.service}: ${ticket}, ${deploys[0]?.text ?? 'no deploy'}`);
    return [acknowledge(page, ticket)];
  });
  const text = lines.join('\n');
  await turn([...acknowledged, { tool: 'post_message', args: { channel: 'incidents', text } }]);
  return { pages: pages.length, recovered: pages.length - lines.length, open: lines };
}

interface Named {
  readonly id?: string;
  readonly text?: string;
}

function questions(service: string): Call[] {
  return [
    { tool: 'query_metric', args: { service, metric: 'error_rate' } },
    { tool: 'search_messages', args: { text: `deployed ${service}`, limit: 1 } },
    { tool: 'find_tickets', args: { service } },
  ];
}

/** A ticket, or a comment on the one that is there. */
function ticketCalls({ service, title }: Page, [points, deploys, known]: readonly unknown[]): Call[] {
  if (points instanceof Error || !burns(points as Points)) return [];
  const suspect = (deploys as Named[])[0]?.text ?? 'no deploy';
  const id = (known as Named[])[0]?.id;
  return id === undefined
    ? [{ tool: 'create_ticket', args: { service, title: `${title}; ${suspect} before it` } }]
    : [{ tool: 'comment_ticket', args: { id, text: `still burning; ${suspect} before it` } }];
}

function acknowledge({ id }: Page, note: string): Call {
  return { tool: 'acknowledge_page', args: { id, note } };
}

function burns(points: Points): boolean {
  const mean = (some: Points): number => some.reduce((sum, { value }) => sum + value, 0) / some.length;
  return mean(points.slice(-10)) > 3 * mean(points.slice(0, 30));
}
