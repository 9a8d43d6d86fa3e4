/** Marks in the editor for what speaks against the script, asked of the server as it is written. */
import { linter, lintGutter, type Diagnostic } from '@codemirror/lint';
import { StateEffect, type Extension, type Text } from '@codemirror/state';
import type { ViewUpdate } from '@codemirror/view';
import type { Mark, RunError, ScriptDraft } from '../../api.js';
import { post } from '../link/request.js';
import { wordAt } from '../run/call-site.js';
import { shownText } from '../text/shown-text.js';

const WAIT_MS = 350;

/** Marks that are shown at once. */
const MOST_MARKS = 200;

/** What the marks come from. */
export interface MarkSources {
  readonly draftOf: (script: string) => ScriptDraft;
  /** Where the last run of the script as it stands ended. */
  readonly error: () => RunError | undefined;
  /** Hears how many marks the server has. */
  readonly told: (marks: number) => void;
}

/** Asks for the marks anew: what they come from has changed. */
export const markAnew = StateEffect.define();

/** The marks. */
export function preflight(sources: MarkSources): Extension {
  const needsRefresh = ({ transactions }: ViewUpdate): boolean =>
    transactions.some(({ effects }) => effects.some((effect) => effect.is(markAnew)));
  return [
    linter((view) => diagnostics(view.state.doc, sources), { delay: WAIT_MS, needsRefresh }),
    lintGutter(),
  ];
}

async function diagnostics(doc: Text, { draftOf, error, told }: MarkSources): Promise<Diagnostic[]> {
  const script = doc.toString();
  const marks = script.trim() === '' ? [] : await post<Mark[]>('check', draftOf(script)).catch(() => []);
  told(marks.length);
  const ended = error();
  return [...(ended === undefined ? [] : [ended]), ...marks.slice(0, MOST_MARKS)].map((mark) =>
    diagnostic(mark, doc),
  );
}

/** A mark at its place; without one, at the first line. */
function diagnostic({ code, message, position, hint }: Mark, doc: Text): Diagnostic {
  const line = doc.line(Math.min(Math.max(1, position?.line ?? 1), doc.lines));
  const [from, to] = wordAt(line.text, position?.column ?? 1);
  return {
    from: line.from + from,
    to: line.from + to,
    severity: 'error',
    source: code,
    message: [message, hint]
      .filter((text) => text !== undefined)
      .map((text) => shownText(text, 600))
      .join('\n'),
  };
}
