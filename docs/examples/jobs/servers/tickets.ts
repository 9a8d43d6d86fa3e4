/** A tracker in which one of today's troubles stands already. */
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import { slowly } from './served.js';

/** A ticket as the server has it. */
export interface Ticket {
  readonly id: string;
  readonly service: string;
  readonly title: string;
  readonly comments: string[];
}

/** The service of which there is a ticket. */
export const KNOWN = 'feed';

/** The server, and its tickets. */
export function createTickets({ latencyMs = 0 } = {}): { server: McpServer; tickets: readonly Ticket[] } {
  const tickets: Ticket[] = [{ id: `${KNOWN}-1`, service: KNOWN, title: 'feed answers 500', comments: [] }];
  const answer = slowly(latencyMs);
  const server = new McpServer({ name: 'tickets', version: '1.0.0' });
  const ticket = z.object({ id: z.string(), title: z.string(), comments: z.number() });

  server.registerTool(
    'find_tickets',
    {
      description: 'Open tickets of a service.',
      inputSchema: { service: z.string() },
      outputSchema: { result: z.array(ticket) },
    },
    ({ service }) =>
      answer(() => ({
        result: tickets
          .filter((one) => one.service === service)
          .map(({ id, title, comments }) => ({ id, title, comments: comments.length })),
      })),
  );
  server.registerTool(
    'create_ticket',
    {
      description: 'Opens a ticket.',
      inputSchema: { service: z.string(), title: z.string() },
      outputSchema: { id: z.string() },
    },
    ({ service, title }) =>
      answer(() => {
        const id = `${service}-${String(1 + tickets.filter((one) => one.service === service).length)}`;
        tickets.push({ id, service, title, comments: [] });
        return { id };
      }),
  );
  server.registerTool(
    'comment_ticket',
    {
      description: 'Adds a comment to a ticket.',
      inputSchema: { id: z.string(), text: z.string() },
      outputSchema: { comments: z.number() },
    },
    ({ id, text }) =>
      answer(() => {
        const found = tickets.find((one) => one.id === id);
        if (found === undefined) throw new Error(`no ticket ${id}`);
        return { comments: found.comments.push(text) };
      }),
  );
  return { server, tickets };
}
