/** The stream of what happens, held open as long as the page is. */
import type { ConsoleMessage } from '../../api.js';
import { eventLines } from './event-lines.js';
import { RequestFault, send } from './request.js';

/** How the stream stands. */
export type LinkState = 'connecting' | 'live' | 'lost' | 'refused';

/** Who hears of it. */
export interface EventListener {
  told(message: ConsoleMessage): void;
  changed(state: LinkState): void;
}

const FIRST_WAIT_MS = 500;
const LONGEST_WAIT_MS = 10_000;

/** Follows the stream, opening it again as it breaks, until the token is refused. */
export async function followEvents(listener: EventListener): Promise<void> {
  for (let waitMs = FIRST_WAIT_MS; ; waitMs = Math.min(waitMs * 2, LONGEST_WAIT_MS)) {
    try {
      const response = await send('events');
      listener.changed('live');
      waitMs = FIRST_WAIT_MS;
      await readAll(response, listener);
    } catch (fault) {
      if (fault instanceof RequestFault && (fault.status === 401 || fault.status === 403)) {
        listener.changed('refused');
        return;
      }
    }
    listener.changed('lost');
    await new Promise((resolve) => setTimeout(resolve, waitMs));
  }
}

async function readAll(response: Response, listener: EventListener): Promise<void> {
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  const read = eventLines();
  for (;;) {
    const piece = await reader?.read();
    if (piece === undefined || piece.done) return;
    for (const data of read(piece.value)) listener.told(JSON.parse(data) as ConsoleMessage);
  }
}
