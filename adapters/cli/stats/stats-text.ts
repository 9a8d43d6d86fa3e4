/** The answers in lines for a reader at a terminal. */
import { durationText } from '../duration.js';
import { printable } from '../terminal.js';
import type { GatewayStats, ToolStats } from './gateway-stats.js';
import type { Spread } from './histogram.js';

/** All of them. */
export function statsText(stats: GatewayStats): string {
  const { scripts, toolCalls, optIn, latency } = stats;
  const rows: (readonly [string, string])[] = [
    ['code mode', flagsText(stats.codeMode, 'on', 'off', 'not told')],
    ['scripts', withParts(scripts.total, scripts.byStatus)],
    ['running now', number(scripts.active)],
    ['tool calls', withParts(toolCalls.total, { script: toolCalls.script, direct: toolCalls.direct })],
    ['by scripts', shareText(toolCalls.scriptShare, 'of all tool calls')],
    ['opt-in', shareText(optIn.share, `of ${number(optIn.requests)} calls of clients are scripts`)],
    ['tokens saved', `${number(stats.savedTokens)}, about`],
    ['limits met', parts(stats.limitsMet) || 'none'],
    ['a script took', spreadText(latency.script)],
    ['a tool took', spreadText(latency.toolCall)],
    ['a request took', spreadText(latency.request)],
    ['backends', flagsText(stats.backends, 'up', 'down', 'none')],
    ['events lost', withParts(stats.lostEvents.total, stats.lostEvents.bySink)],
  ];
  const lines = rows.map(([title, text]) => `${title.padEnd(WIDTH)}${printable(text)}`);
  const lists = [
    ...toolLines('busiest tools', stats.topTools),
    ...toolLines('tools with errors', stats.topErrors),
  ];
  return `${[...lines, ...lists].join('\n')}\n`;
}

const WIDTH = 16;

function toolLines(title: string, tools: readonly ToolStats[]): string[] {
  if (tools.length === 0) return [];
  const rows = tools.map(({ tool, calls, errors }) => {
    const failed = errors === 0 ? '' : `, ${number(errors)} failed`;
    return `  ${number(calls).padStart(10)}  ${printable(tool)}${failed}`;
  });
  return ['', `${title}:`, ...rows];
}

function withParts(total: number, of: Readonly<Record<string, number>>): string {
  const listed = parts(of);
  return listed === '' ? number(total) : `${number(total)} (${listed})`;
}

function parts(of: Readonly<Record<string, number>>): string {
  return Object.entries(of)
    .map(([name, count]) => `${number(count)} ${name}`)
    .join(', ');
}

function flagsText(flags: Readonly<Record<string, boolean>>, yes: string, no: string, none: string): string {
  const entries = Object.entries(flags);
  if (entries.length === 0) return none;
  return entries.map(([name, flag]) => `${name} ${flag ? yes : no}`).join(', ');
}

function shareText(share: number | null, ofWhat: string): string {
  return share === null ? 'nothing yet' : `${(share * 100).toFixed(1)} % ${ofWhat}`;
}

function spreadText({ count, ...quantiles }: Spread): string {
  if (count === 0) return 'nothing yet';
  const texts = Object.entries(quantiles).map(
    ([name, seconds]) => `${name} ${seconds === null ? 'beyond the buckets' : durationText(seconds * 1_000)}`,
  );
  return `${texts.join(', ')} (estimated)`;
}

function number(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 0 });
}
