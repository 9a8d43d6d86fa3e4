/** Who was woken: twelve pages, of which some are burning still. */
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import { slowly } from './served.js';

/** A page as the server has it. */
export interface Page {
  readonly id: string;
  readonly service: string;
  readonly title: string;
  status: 'open' | 'acknowledged';
  note: string;
}

const SERVICES = [
  ...['checkout', 'search', 'login', 'invoices', 'avatars', 'feed'],
  ...['mailer', 'uploads', 'ledger', 'catalogue', 'sessions', 'reports'],
];

const page = z.object({ id: z.string(), service: z.string(), title: z.string() });

/** The server, and its pages to look at. */
export function createPagers({ latencyMs = 0 } = {}): { server: McpServer; pages: readonly Page[] } {
  const pages = SERVICES.map((service, index): Page => {
    const title = `error rate of ${service} above 5 %`;
    return { id: `P-${String(101 + index)}`, service, title, status: 'open', note: '' };
  });
  const answer = slowly(latencyMs);
  const server = new McpServer({ name: 'pagers', version: '1.0.0' });

  server.registerTool(
    'list_pages',
    { description: 'Pages that nobody has acknowledged.', outputSchema: { result: z.array(page) } },
    () => answer(() => ({ result: pages.filter(({ status }) => status === 'open').map(outline) })),
  );
  server.registerTool(
    'acknowledge_page',
    {
      description: 'Acknowledges a page, with a note on why.',
      inputSchema: { id: z.string(), note: z.string() },
      outputSchema: { id: z.string() },
    },
    ({ id, note }) =>
      answer(() => {
        const found = pages.find((one) => one.id === id && one.status === 'open');
        if (found === undefined) throw new Error(`no open page ${id}`);
        Object.assign(found, { status: 'acknowledged', note });
        return { id };
      }),
  );
  return { server, pages };
}

function outline({ id, service, title }: Page): z.infer<typeof page> {
  return { id, service, title };
}
