/** The text of a script as it ran: its call sites underlined, the line of its error marked. */
import { useEffect, useMemo, useRef } from 'preact/hooks';
import type { RunRecord } from '../../api.js';
import { StateMark } from '../parts/state-mark.js';
import { plural } from '../text/figures.js';
import { shownText } from '../text/shown-text.js';
import { callSites, wordAt, type CallSite } from './call-site.js';
import { scriptTokens, type ScriptToken } from './script-token.js';
import { ofLine, type Selection } from './selection.js';

/** What the text is drawn from, and whom it tells of what is pointed at. */
export interface ScriptViewProps {
  readonly run: RunRecord;
  readonly selection: Selection;
  readonly select: (selection: Selection | undefined) => void;
  /** The line to bring into sight; its number is told anew each time. */
  readonly target: { readonly line: number } | undefined;
}

/** Lines that are drawn of a script. */
const MOST_LINES = 3_000;

/** What is drawn of one line. */
const LONGEST_LINE = 2_000;

/** The script, line by line. */
export function ScriptView({ run, selection, select, target }: ScriptViewProps) {
  const { script = '' } = run;
  const box = useRef<HTMLOListElement>(null);
  const lines = useMemo(() => script.split('\n').slice(0, MOST_LINES), [script]);
  const tokens = useMemo(() => scriptTokens(lines, isJavascript(run.runtime)), [lines, run.runtime]);
  const sites = useMemo(() => callSites(run.calls), [run.calls]);
  useEffect(() => {
    if (target === undefined) return;
    const line = box.current?.children[target.line - 1];
    line?.scrollIntoView({ block: 'nearest' });
    if (line instanceof HTMLElement) line.focus({ preventScroll: true });
  }, [target]);
  return (
    <ol ref={box} class="script" aria-label="Script" onMouseLeave={() => select(undefined)}>
      {lines.map((_, index) => (
        <Line
          key={index}
          line={index + 1}
          tokens={tokens[index] ?? []}
          site={sites.get(index + 1)}
          column={siteColumn(run, sites.get(index + 1))}
          error={run.error?.position?.line === index + 1 ? run.error.message : undefined}
          lit={selection.line === index + 1}
          select={select}
        />
      ))}
    </ol>
  );
}

interface LineProps {
  readonly line: number;
  readonly tokens: readonly ScriptToken[];
  readonly site: CallSite | undefined;
  readonly column: number | undefined;
  readonly error: string | undefined;
  readonly lit: boolean;
  readonly select: ScriptViewProps['select'];
}

function Line({ line, tokens, site, column, error, lit, select }: LineProps) {
  const point = (): void => select(site === undefined ? undefined : ofLine(line, site.calls));
  const names = ['line', site && `site ${site.state}`, lit && 'lit', error !== undefined && 'wrong'];
  return (
    <li
      class={names.filter(Boolean).join(' ')}
      tabIndex={site === undefined && error === undefined ? -1 : 0}
      onMouseEnter={point}
      onFocus={point}
      onBlur={() => select(undefined)}
    >
      <code>{marked(tokens, column)}</code>
      {site !== undefined && (
        <span class="site-calls" title={plural(site.calls.length, 'call')}>
          <StateMark state={site.state} /> {site.calls.length > 1 ? `×${site.calls.length}` : ''}
        </span>
      )}
      {error !== undefined && (
        <span class="line-error" role="note">
          {shownText(error, 500)}
        </span>
      )}
    </li>
  );
}

/** The tokens of a line, the word at the column underlined. */
function marked(tokens: readonly ScriptToken[], column: number | undefined) {
  const line = tokens.map(({ text }) => text).join('');
  const [from, to] = column === undefined ? [0, 0] : wordAt(line, column);
  let at = 0;
  if (line === '') return '\u200b';
  return tokens.flatMap(({ kind, text }) => {
    const cuts = [0, from - at, to - at, text.length].map((cut) => Math.max(0, Math.min(text.length, cut)));
    at += text.length;
    return cuts.slice(1).flatMap((end, index) => {
      const piece = text.slice(cuts[index], end);
      if (piece === '') return [];
      return [
        <span key={`${at}-${index}`} class={index === 1 ? `${kind} called` : kind}>
          {shownText(piece, LONGEST_LINE)}
        </span>,
      ];
    });
  });
}

function siteColumn(run: RunRecord, site: CallSite | undefined): number | undefined {
  const first = site?.calls[0];
  return first === undefined ? undefined : run.calls[first]?.position?.column;
}

function isJavascript(runtime: string): boolean {
  return /javascript|typescript|quickjs/.test(runtime);
}
