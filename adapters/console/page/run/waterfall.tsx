/**
 * A run as a waterfall: the script on top (queue, computing, waiting), beneath it a row for each call in
 * the order in which they were asked for, on one axis of time. Only the rows in sight are drawn.
 */
import { useId, useLayoutEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { RunRecord } from '../../api.js';
import { durationText, plural } from '../text/figures.js';
import { CallDetail } from './call-detail.js';
import { CallRow, ROW_HEIGHT } from './call-row.js';
import { phasesOf } from './phases.js';
import { reachedMs } from './run-clock.js';
import { ofCall, type Selection } from './selection.js';
import { ticksOf } from './time-scale.js';
import { scrollFor, visibleRows } from './visible-rows.js';

/** What a waterfall is drawn from, and whom it tells of what is pointed at. */
export interface WaterfallProps {
  readonly run: RunRecord;
  /** Milliseconds since 1970. */
  readonly now: number;
  readonly selection: Selection;
  readonly select: (selection: Selection | undefined) => void;
  /** Enter on a call. */
  readonly open: (line: number) => void;
}

/** Rows in sight before the list scrolls. */
const MOST_ROWS = 18;

const STEPS: Partial<Record<string, number>> = { ArrowDown: 1, ArrowUp: -1, PageDown: 10, PageUp: -10 };

/** The waterfall with its axis, and all of the call that is pointed at. */
export function Waterfall({ run, now, selection, select, open }: WaterfallProps) {
  const id = useId();
  const reached = reachedMs(run, now);
  const spanMs = Math.max(reached, 1);
  const [chosen, setChosen] = useState<number>();
  const shown = selection.calls.size === 1 ? [...selection.calls][0] : chosen;
  const choose = (index: number | undefined): void => {
    setChosen(index);
    select(index === undefined ? undefined : ofCall(index, run.calls[index]?.position?.line));
  };
  return (
    <div class="waterfall">
      <Axis spanMs={spanMs} />
      <ScriptRow run={run} reached={reached} spanMs={spanMs} />
      <CallList {...{ run, reached, spanMs, id, chosen, choose, selection, select, open }} />
      {run.callsLeftOut > 0 && <p class="hint">{plural(run.callsLeftOut, 'more call')} not kept.</p>}
      <CallDetail call={shown === undefined ? undefined : run.calls[shown]} count={run.calls.length} />
    </div>
  );
}

interface CallListProps extends Omit<WaterfallProps, 'now'> {
  readonly reached: number;
  readonly spanMs: number;
  readonly id: string;
  readonly chosen: number | undefined;
  readonly choose: (index: number | undefined) => void;
}

function CallList({ run, reached, spanMs, id, chosen, choose, selection, select, open }: CallListProps) {
  const count = run.calls.length;
  const box = useRef<HTMLDivElement>(null);
  const [scrollTop, setScrollTop] = useState(0);
  const height = Math.min(count, MOST_ROWS) * ROW_HEIGHT;
  const [from, to] = visibleRows(scrollTop, height, ROW_HEIGHT, count);
  const { reveal } = selection;
  useLayoutEffect(() => bringIntoSight(box.current, chosen, height), [chosen, height]);
  useLayoutEffect(() => bringIntoSight(box.current, reveal, height), [reveal, height]);
  if (count === 0) return null;
  const go = (event: KeyboardEvent): void => {
    const next = nextRow(event.key, chosen, count);
    const line = chosen === undefined ? undefined : run.calls[chosen]?.position?.line;
    if (event.key === 'Enter' && line !== undefined) open(line);
    else if (event.key === 'Escape') choose(undefined);
    else if (next === undefined) return;
    else choose(next);
    event.preventDefault();
  };
  const pointed = (event: Event): number | undefined => {
    const row = event.target instanceof Element ? event.target.closest<HTMLElement>('[data-call]') : null;
    return row === null ? undefined : Number(row.dataset['call']);
  };
  return (
    <div
      ref={box}
      class="calls"
      role="listbox"
      tabIndex={0}
      aria-label={`${plural(count, 'call')} of tools`}
      aria-activedescendant={
        chosen !== undefined && chosen >= from && chosen < to ? `${id}-${chosen}` : undefined
      }
      style={{ height: `${height}px` }}
      onScroll={(event) => setScrollTop(event.currentTarget.scrollTop)}
      onKeyDown={go}
      onClick={(event) => choose(pointed(event))}
      onMouseOver={(event) => {
        const index = pointed(event);
        if (index !== undefined) select(ofCall(index, run.calls[index]?.position?.line));
      }}
      onMouseLeave={() => select(undefined)}
    >
      <div class="calls-all" style={{ height: `${count * ROW_HEIGHT}px` }}>
        {run.calls.slice(from, to).map((call, at) => (
          <CallRow
            key={call.id}
            id={`${id}-${from + at}`}
            index={from + at}
            chosen={chosen === from + at}
            lit={selection.calls.has(from + at)}
            {...{ call, count, reached, spanMs }}
          />
        ))}
      </div>
    </div>
  );
}

function bringIntoSight(box: HTMLElement | null, row: number | undefined, height: number): void {
  if (box !== null && row !== undefined) box.scrollTop = scrollFor(row, box.scrollTop, height, ROW_HEIGHT);
}

/** Behind this part of the axis a mark has no text: it would not fit, and how long all took stands beside it. */
const LAST_TEXT = 0.88;

function Axis({ spanMs }: { spanMs: number }) {
  const ticks = useMemo(() => ticksOf(spanMs, 6), [spanMs]);
  return (
    <div class="axis" aria-hidden="true">
      <span />
      <span class="track">
        {ticks.map(({ atMs, text }) => (
          <span key={atMs} class="tick" style={{ left: `${(100 * atMs) / spanMs}%` }}>
            {atMs < spanMs * LAST_TEXT ? text : ''}
          </span>
        ))}
      </span>
      <span />
    </div>
  );
}

function ScriptRow({ run, reached, spanMs }: { run: RunRecord; reached: number; spanMs: number }) {
  const moment = run.state === 'running' ? reached : -1;
  const phases = useMemo(() => phasesOf(run, reached), [run, moment]);
  const waited = phases.reduce(
    (sum, { kind, fromMs, toMs }) => sum + (kind === 'wait' ? toMs - fromMs : 0),
    0,
  );
  const words = `Script: ${durationText(run.queuedMs)} in the queue, ${durationText(waited)} waiting for tools, ${durationText(reached)} in all`;
  return (
    <div class="script-row" role="img" aria-label={words} title={words}>
      <span class="call-name">
        <span class="name strong">script</span>
      </span>
      <span class="track">
        {phases.map(({ kind, fromMs, toMs }) => (
          <span
            key={`${kind}${fromMs}`}
            class={`bar phase ${kind}`}
            style={{ left: `${(100 * fromMs) / spanMs}%`, width: `${(100 * (toMs - fromMs)) / spanMs}%` }}
          />
        ))}
      </span>
      <span class="call-time">{durationText(reached)}</span>
    </div>
  );
}

function nextRow(key: string, chosen: number | undefined, count: number): number | undefined {
  if (key === 'Home') return 0;
  if (key === 'End') return count - 1;
  const step = STEPS[key];
  if (step === undefined) return undefined;
  if (chosen === undefined) return step > 0 ? 0 : count - 1;
  return Math.max(0, Math.min(count - 1, chosen + step));
}
