/** What people and bots said: among much else, what was deployed when. */
import { McpServer } from '@modelcontextprotocol/sdk/server/mcp.js';
import { z } from 'zod';
import { slowly } from './served.js';

/** A message. */
export interface Message {
  readonly channel: string;
  readonly author: string;
  readonly at: string;
  readonly text: string;
}

/** What was deployed shortly before the trouble began, by service. */
export const DEPLOYED: Readonly<Record<string, string>> = {
  checkout: '4.2.0',
  login: '7.0.1',
  avatars: '1.9.3',
  uploads: '2.11.0',
};

const REMARKS = ['anybody else sees this?', 'graphs look odd', 'not us, I think', 'coffee, then I look'];

/** The server, and all that was said. */
export function createChat({ latencyMs = 0 } = {}): { server: McpServer; messages: readonly Message[] } {
  const messages = history();
  const answer = slowly(latencyMs);
  const server = new McpServer({ name: 'chat', version: '1.0.0' });
  const message = z.object({ channel: z.string(), author: z.string(), at: z.string(), text: z.string() });

  server.registerTool(
    'search_messages',
    {
      description: 'Messages of the last day that contain the text, the newest first.',
      inputSchema: { text: z.string(), limit: z.number().int().min(1).max(100).default(20) },
      outputSchema: { result: z.array(message) },
    },
    ({ text, limit }) =>
      answer(() => {
        const found = messages.filter((one) => one.text.includes(text));
        return { result: found.reverse().slice(0, limit) };
      }),
  );
  server.registerTool(
    'post_message',
    {
      description: 'Says something in a channel.',
      inputSchema: { channel: z.string(), text: z.string() },
      outputSchema: { at: z.string() },
    },
    ({ channel, text }) =>
      answer(() => {
        messages.push({ channel, author: 'agent', at: '15:00', text });
        return { at: '15:00' };
      }),
  );
  return { server, messages };
}

function history(): Message[] {
  const deploys = Object.entries(DEPLOYED).map(([service, version]): Message => {
    return { channel: 'deploys', author: 'deploy-bot', at: '14:36', text: `deployed ${service} ${version}` };
  });
  const talk = Array.from({ length: 40 }, (_, index): Message => {
    const at = `14:${String(index + 10)}`;
    return { channel: 'general', author: `user${String(index % 7)}`, at, text: REMARKS[index % 4]! };
  });
  return [...talk, ...deploys];
}
