/** Asks for one act of a soak and judges what comes back: the asker's own answer, in time, or a reason. */
import type { Act, Chance } from './act.js';
import type { Tally } from './tally.js';
import type { Answer, Visitor } from './visitor.js';

const CANCELLED = 0.05;
const LOST_AFTER_MS = 50_000;
/** What the soak asks to hear again: it says who asked. */
const WORD = /nonce-[\w-]+|caller-is-\w+/g;

/** Performs an act. `waits` says whether the client stays for the answer. */
export async function perform(
  visitor: Visitor,
  act: Act,
  { chance, tally, waits = true }: { chance: Chance; tally: Tally; waits?: boolean },
): Promise<void> {
  const leaving = new AbortController();
  const isCancelled = chance() < CANCELLED;
  if (isCancelled) setTimeout(() => leaving.abort(), chance() * 20);
  const asked = Date.now();
  try {
    judge(act, await visitor.call(act.name, act.args, leaving.signal), tally);
  } catch (error) {
    if (leaving.signal.aborted) tally.count('calls: cancelled');
    else if (Date.now() - asked >= LOST_AFTER_MS)
      tally.fault(`${act.name} was never answered: ${String(error)}`);
    else if (waits) judgeError(act, error, tally);
    else tally.count('calls: the client left meanwhile');
  }
}

/** An error of the protocol is an answer when the gateway gave it: a connection that was lost is none. */
function judgeError({ name }: Act, error: unknown, tally: Tally): void {
  const { code, message } = error as { code?: unknown; message?: string };
  const isAnswer = typeof code === 'number' && code !== -32_000;
  if (isAnswer) tally.count(`calls: error ${code}, ${message?.slice(0, 50)}`);
  else tally.fault(`${name} was not answered: ${String(error)}`);
}

function judge({ name, wanted }: Act, { isError, content, structuredContent }: Answer, tally: Tally): void {
  const text = content.map((block) => block.text ?? '').join(' ');
  const words = text.match(WORD) ?? [];
  const { error } = (structuredContent ?? {}) as { error?: { code?: string } };
  const foreign = words.find((word) => !wanted.includes(word));
  if (foreign !== undefined)
    tally.fault(`${name} was answered with another's ${foreign}, wanted ${wanted.join()}`);
  else if (isError === true && typeof error?.code === 'string') tally.count(`calls: ${error.code}`);
  else if (isError === true) tally.fault(`${name} failed without a reason: ${text.slice(0, 200)}`);
  else if (words.join() !== wanted.join())
    tally.fault(`${name} answered ${text.slice(0, 200)}, wanted ${wanted.join()}`);
  else tally.count('calls: answered');
}
