/**
 * The calls of a script on a timeline: one line each, in the order in which they were asked for.
 *
 *     read_text_file  ░░▓▓▓▓▓▓          203 ms  (queued 41 ms)
 *
 * Light is waiting for a turn, dark is running; the width of the bar is the whole script.
 */
import type { CallRecord, CallTally, Outcome } from '../../core/index.js';
import { durationText } from './duration.js';
import { printable, type Colors } from './terminal.js';

/** Calls that are drawn; of more, each tool's numbers are given. */
const MAX_CALLS = 100;

const MAX_NAME = 32;

/** The lines of a timeline, from at most so many columns; none for a script without calls. */
export function timeline(outcome: Outcome, columns: number, colors: Colors): string[] {
  const calls = outcome.calls.slice(0, MAX_CALLS);
  const names = calls.map(({ tool }) => cut(printable(tool)));
  const nameWidth = Math.max(0, ...names.map((name) => name.length));
  const barWidth = Math.max(10, Math.min(48, columns - nameWidth - 40));
  const span = Math.max(outcome.usage.wallTimeMs, ...calls.map(endOf), 1);
  return [
    ...calls.map((call, index) => {
      const name = (names[index] ?? '').padEnd(nameWidth);
      return `  ${name}  ${bar(call, span, barWidth, colors)}  ${remark(call, colors)}`.trimEnd();
    }),
    ...(outcome.calls.length > MAX_CALLS ? [`  … in all:`, ...outcome.tally.map(tallyLine)] : []),
  ];
}

/** What a script used, in one line. */
export function usageLine({ usage }: Outcome): string {
  const calls = usage.toolCalls === 1 ? '1 tool call' : `${usage.toolCalls} tool calls`;
  const peak = usage.parallelPeak > 1 ? `, ${usage.parallelPeak} at once` : '';
  return `${durationText(usage.wallTimeMs)} · ${usage.steps.toLocaleString('en')} steps · ${calls}${peak}`;
}

function tallyLine({ tool, ...counts }: CallTally): string {
  const told = Object.entries(counts).filter(([, count]) => count > 0);
  return `  ${cut(printable(tool))}: ${told.map(([status, count]) => `${count} ${status}`).join(', ')}`;
}

function cut(name: string): string {
  return name.length > MAX_NAME ? `${name.slice(0, MAX_NAME - 1)}…` : name;
}

function endOf({ startedMs, queuedMs, ranMs }: CallRecord): number {
  return startedMs + queuedMs + ranMs;
}

function bar(call: CallRecord, span: number, width: number, colors: Colors): string {
  const column = (time: number) => Math.min(width, Math.round((time / span) * width));
  const start = Math.min(column(call.startedMs), width - 1);
  const end = Math.max(start + 1, column(endOf(call)));
  const sent = Math.min(end - 1, Math.max(start, column(call.startedMs + call.queuedMs)));
  const ran = call.status === 'unsent' ? '' : '▓'.repeat(end - sent);
  const waited = '░'.repeat(call.status === 'unsent' ? end - start : sent - start);
  return ' '.repeat(start) + colors.dim(waited) + paint(call, colors)(ran) + ' '.repeat(width - end);
}

function paint({ status }: CallRecord, colors: Colors): (text: string) => string {
  return { succeeded: colors.green, failed: colors.red, unknown: colors.yellow, unsent: colors.dim }[status];
}

function remark(call: CallRecord, colors: Colors): string {
  const queued = call.queuedMs >= 1 ? `  (queued ${durationText(call.queuedMs)})` : '';
  switch (call.status) {
    case 'succeeded':
      return `${durationText(call.ranMs)}${queued}`;
    case 'failed':
      return `${durationText(call.ranMs)}${queued}  ${colors.red(call.code ?? 'failed')}`;
    case 'unknown':
      return `${durationText(call.ranMs)}${queued}  ${colors.yellow('no answer yet')}`;
    case 'unsent':
      return colors.dim('not sent');
  }
}
