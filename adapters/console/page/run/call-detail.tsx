/** All that is known of one call, beneath the waterfall. */
import type { CallBar } from '../../api.js';
import { StateMark, stateWords } from '../parts/state-mark.js';
import { bytesText, durationText } from '../text/figures.js';
import { shownLines, shownText } from '../text/shown-text.js';
import { isOpen } from './run-clock.js';

/** What an error of a tool takes here. */
const LONGEST_ERROR = 4_000;

/** The call, or how to choose one; always of one height, so that nothing jumps. */
export function CallDetail({ call, count }: { call: CallBar | undefined; count: number }) {
  if (call === undefined) {
    return (
      <p class="call-detail hint" aria-live="polite">
        {count === 0
          ? 'No tool was called.'
          : 'Point at a bar, or go through them with ↑ ↓: its line in the script lights up. Enter goes there.'}
      </p>
    );
  }
  const facts = [
    call.backend !== undefined && `server ${shownText(call.backend, 60)}`,
    call.position !== undefined && `line ${call.position.line}`,
    `asked at ${durationText(call.startedMs)}`,
    call.queuedMs >= 1 && `waited ${durationText(call.queuedMs)} for its turn`,
    !isOpen(call) && call.state !== 'unsent' && `ran ${durationText(call.ranMs)}`,
    call.resultBytes > 0 && `answered ${bytesText(call.resultBytes)}`,
  ].filter((fact) => fact !== false);
  return (
    <div class="call-detail" aria-live="polite">
      <p>
        <StateMark state={call.state} silent /> <b class="mono">{shownText(call.tool, 300)}</b>{' '}
        {stateWords(call.state)}
        {call.code !== undefined && call.code !== 'ok' && <code class="code">{call.code}</code>}
      </p>
      <p class="facts">{facts.join(' · ')}</p>
      {call.error !== undefined && <p class="fault">{shownLines(call.error, LONGEST_ERROR)}</p>}
    </div>
  );
}
