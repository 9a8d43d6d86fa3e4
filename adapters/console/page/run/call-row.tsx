/** One call as a row of the waterfall: how it stands, its tool, its bar, its time. */
import type { CallBar } from '../../api.js';
import { StateMark, stateWords } from '../parts/state-mark.js';
import { durationText } from '../text/figures.js';
import { shownText } from '../text/shown-text.js';
import { endMs, isOpen, sentMs } from './run-clock.js';

/** Pixels; the style sheet has the same. */
export const ROW_HEIGHT = 24;

/** What a row is drawn from. */
export interface CallRowProps {
  readonly call: CallBar;
  readonly index: number;
  readonly count: number;
  readonly reached: number;
  readonly spanMs: number;
  readonly id: string;
  readonly chosen: boolean;
  readonly lit: boolean;
}

/** A row at its place in the list. */
export function CallRow({ call, index, count, reached, spanMs, id, chosen, lit }: CallRowProps) {
  const sent = sentMs(call, reached);
  const end = endMs(call, reached);
  const percent = (ms: number): string => `${Math.min(100, (100 * ms) / spanMs)}%`;
  const ran = end - sent;
  return (
    <div
      id={id}
      role="option"
      aria-selected={chosen}
      aria-setsize={count}
      aria-posinset={index + 1}
      aria-label={callWords(call, reached)}
      class={`call ${call.state}${chosen ? ' chosen' : ''}${lit ? ' lit' : ''}`}
      data-call={index}
      style={{ top: `${index * ROW_HEIGHT}px` }}
    >
      <span class="call-name">
        <StateMark state={call.state} silent />
        <span class="name">{shownText(call.tool)}</span>
      </span>
      <span class="track">
        {call.queuedMs > 0 || call.state === 'queued' ? (
          <span
            class="bar turn"
            style={{ left: percent(call.startedMs), width: percent(sent - call.startedMs) }}
          />
        ) : null}
        {call.state !== 'queued' && (
          <span
            class={`bar ${call.state}`}
            style={{ left: `min(${percent(sent)}, 100% - 3px)`, width: percent(ran) }}
          />
        )}
      </span>
      <span class="call-time">
        {isOpen(call) ? '…' : durationText(call.state === 'unsent' ? call.queuedMs : ran)}
      </span>
    </div>
  );
}

/** All that a row tells, in words. */
function callWords(call: CallBar, reached: number): string {
  const place = call.position === undefined ? '' : `, line ${call.position.line}`;
  const turn = call.queuedMs >= 1 ? `, waited ${durationText(call.queuedMs)}` : '';
  const time = durationText(endMs(call, reached) - sentMs(call, reached));
  return `${shownText(call.tool)}${place}: ${stateWords(call.state)}${turn}, ran ${time}`;
}
