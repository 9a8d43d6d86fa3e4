/**
 * What a server gives a client to bring back (2026-07-28, `requestState`), marked with the server's name:
 * no other server is handed it, though the name of a tool may lead elsewhere by then.
 */
import { ToolscriptError, type InputRound } from '../../../../core/index.js';
import type { Answer } from '../clients/input-rounds.js';

/** The answer with its state marked, where it has one. */
export function markedAnswer(server: string, answer: Answer): Answer {
  const { requestState: state } = answer;
  return typeof state === 'string' ? { ...answer, requestState: markOf(server) + state } : answer;
}

/** The round with the state as the server gave it. Throws for one of another server. */
export function ownRound(server: string, round: InputRound): InputRound {
  const { state } = round;
  if (state === undefined) return round;
  const mark = markOf(server);
  if (state.startsWith(mark)) return { ...round, state: state.slice(mark.length) };
  const message = 'Invalid or expired requestState';
  const data = { reason: 'invalid_request_state' };
  throw new ToolscriptError({ code: 'tool/failed', message }, { rpc: { code: -32_602, message, data } });
}

/** The name has no colon any more. */
function markOf(server: string): string {
  return `${encodeURIComponent(server)}:`;
}
