/** Marks in the editor for what speaks against the script, asked of the server as it is written. */
import { linter, lintGutter, type Diagnostic } from '@codemirror/lint';
import type { Extension, Text } from '@codemirror/state';
import type { Mark, ScriptDraft } from '../../api.js';
import { post } from '../link/request.js';
import { wordAt } from '../run/call-site.js';
import { shownText } from '../text/shown-text.js';

const WAIT_MS = 350;

/** Marks that are shown at once. */
const MOST_MARKS = 200;

/** The marks; `told` hears how many there are. */
export function preflight(
  draftOf: (script: string) => ScriptDraft,
  told: (marks: number) => void,
): Extension {
  return [
    linter(
      async (view) => {
        const { doc } = view.state;
        if (doc.toString().trim() === '') {
          told(0);
          return [];
        }
        const marks = await post<Mark[]>('check', draftOf(doc.toString())).catch(() => []);
        told(marks.length);
        return marks.slice(0, MOST_MARKS).map((mark) => diagnostic(mark, doc));
      },
      { delay: WAIT_MS },
    ),
    lintGutter(),
  ];
}

/** A mark at its place; without one, at the first line. */
export function diagnostic({ code, message, position, hint }: Mark, doc: Text): Diagnostic {
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
