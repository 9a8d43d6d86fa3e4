/** What came out of a run: its error, its result, what it printed. */
import { useMemo } from 'preact/hooks';
import type { RunError, RunRecord } from '../../api.js';
import { CopyButton } from '../parts/copy-button.js';
import { Panel } from '../parts/panel.js';
import { bytesText, plural } from '../text/figures.js';
import { shownLines, shownText } from '../text/shown-text.js';

/** What is drawn of a result or of a line that was printed. */
const LONGEST_RESULT = 200_000;
const LONGEST_LOG = 10_000;
const MOST_LOGS = 2_000;

/** Why a run failed, with the way to its line. */
export function RunFault({ error, open }: { error: RunError; open: (line: number) => void }) {
  const { position } = error;
  return (
    <div class="run-fault" role="alert">
      <p>
        <code class="code">{error.code}</code>{' '}
        {position !== undefined && (
          <button type="button" class="link" onClick={() => open(position.line)}>
            line {position.line}, column {position.column}
          </button>
        )}
        {error.tool !== undefined && <span class="hint"> in {shownText(error.tool)}</span>}
      </p>
      <p class="fault">{shownLines(error.message, LONGEST_LOG)}</p>
    </div>
  );
}

/** The result, laid out. */
export function ResultPanel({ run }: { run: RunRecord }) {
  const text = useMemo(() => laidOut(run.result), [run.result]);
  return (
    <Panel
      title="Result"
      class="result-panel"
      aside={
        text !== undefined && <CopyButton text={text} label={`Copy · ${bytesText(run.usage.outputBytes)}`} />
      }
    >
      {text === undefined ? (
        <p class="hint">{run.state === 'running' ? 'It is on its way.' : 'It has no result.'}</p>
      ) : (
        <pre class="output" tabIndex={0} aria-label="Result">
          {shownLines(text, LONGEST_RESULT)}
        </pre>
      )}
    </Panel>
  );
}

/** What the script printed. */
export function LogPanel({ logs }: { logs: readonly string[] }) {
  const shown = logs.slice(-MOST_LOGS);
  return (
    <Panel title="Logs" class="log-panel" aside={logs.length > 0 && plural(logs.length, 'line')}>
      {logs.length === 0 ? (
        <p class="hint">It printed nothing.</p>
      ) : (
        <ol class="output logs" tabIndex={0} aria-label="Logs" start={logs.length - shown.length + 1}>
          {shown.map((line, index) => (
            <li key={index}>{shownLines(line, LONGEST_LOG)}</li>
          ))}
        </ol>
      )}
    </Panel>
  );
}

/** JSON with a line for each part; as it is where it was cut or is long. */
function laidOut(result: string | undefined): string | undefined {
  if (result === undefined || result === '') return undefined;
  if (result.length > LONGEST_RESULT || !isExact(result)) return result;
  try {
    return JSON.stringify(JSON.parse(result), null, 2);
  } catch {
    return result;
  }
}

/** Whether reading and writing keeps each digit of the numbers in it. */
function isExact(json: string): boolean {
  return !/\d{16}/.test(json);
}
