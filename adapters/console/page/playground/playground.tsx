/** The playground: a script is written, checked as it is written, run, and seen running. */
import { useEffect, useState } from 'preact/hooks';
import type { ConsoleState, RunRecord, ScriptDraft } from '../../api.js';
import { cancelRun, runs, startRun, state, tools, watchRun } from '../link/live.js';
import { useNow } from '../link/now.js';
import { useStore } from '../link/store.js';
import { NOTHING, type Selection } from '../run/selection.js';
import { plural } from '../text/figures.js';
import { shownText } from '../text/shown-text.js';
import { readData } from './data-text.js';
import { draft, keepDraft } from './draft.js';
import { Editor } from './editor.js';
import { exampleScript } from './example-script.js';
import { PlaygroundRun, type PlaygroundRunProps } from './playground-run.js';

/** The page of the playground, once the server has told what it stands before. */
export function Playground() {
  const told = useStore(state);
  return told === undefined ? <p class="hint page-wait">Reading the tools …</p> : <Desk told={told} />;
}

function Desk({ told }: { told: ConsoleState }) {
  const known = useStore(tools);
  const kept = useStore(draft);
  const [runId, setRunId] = useState<string>();
  const [ranScript, setRanScript] = useState<string>();
  const [fault, setFault] = useState<string>();
  const [marks, setMarks] = useState(0);
  const [selection, setSelection] = useState<Selection>(NOTHING);
  const [target, setTarget] = useState<{ line: number }>();
  const run = useWatched(runId);
  const language =
    kept.language !== undefined && told.languages.includes(kept.language)
      ? kept.language
      : (told.languages[0] ?? '');
  const script = kept.script ?? exampleScript(known, language);
  const read = readData(kept.data);
  const draftOf = (text: string): ScriptDraft => ({
    script: text,
    ...(language !== '' && { language }),
    ...('data' in read && { data: read.data }),
  });
  const running =
    runId !== undefined && (run === undefined || run.state === 'running') && fault === undefined;
  const start = (): void => {
    if (running || 'fault' in read) return;
    setFault(undefined);
    setRanScript(script);
    startRun(draftOf(script)).then(setRunId, (reason: unknown) =>
      setFault(reason instanceof Error ? reason.message : 'it cannot be started'),
    );
  };
  return (
    <div class="playground">
      <section class="desk" aria-label="Script">
        <div class="toolbar">
          <h1>Playground</h1>
          <LanguageChoice languages={told.languages} language={language} />
          <span class={marks > 0 ? 'near-text marks' : 'hint marks'} role="status">
            {marks > 0 ? plural(marks, 'mark') : 'checked'}
          </span>
          {running ? (
            <button type="button" onClick={() => void cancelRun(runId).catch(() => undefined)}>
              Cancel
            </button>
          ) : (
            <button
              type="button"
              class="primary"
              disabled={'fault' in read}
              onClick={start}
              aria-keyshortcuts="Control+Enter"
            >
              Run <kbd>{isMac() ? '⌘' : 'Ctrl'} ↵</kbd>
            </button>
          )}
        </div>
        <Editor
          script={script}
          language={language}
          tools={known}
          names={told.names}
          error={ranScript === script ? run?.error : undefined}
          lit={ranScript === script ? selection.line : undefined}
          target={target}
          isWritten={() => draft.get().script !== undefined}
          changed={(text) => keepDraft({ script: text })}
          run={start}
          draftOf={draftOf}
          marked={setMarks}
        />
        <DataBox text={kept.data} fault={'fault' in read ? read.fault : undefined} />
      </section>
      <Watched
        {...{ run, running, fault, selection }}
        select={(next) => setSelection(next ?? NOTHING)}
        open={(line) => setTarget({ line })}
      />
    </div>
  );
}

interface WatchedProps extends Omit<PlaygroundRunProps, 'run' | 'now'> {
  readonly run: RunRecord | undefined;
  readonly running: boolean;
  readonly fault: string | undefined;
}

function Watched({ run, running, fault, ...looking }: WatchedProps) {
  const now = useNow(run?.state === 'running');
  return (
    <section class="watched" aria-label="Its run">
      {fault !== undefined && (
        <div class="run-fault" role="alert">
          <p class="fault">{shownText(fault, 600)}</p>
        </div>
      )}
      {run !== undefined ? (
        <PlaygroundRun run={run} now={now} {...looking} />
      ) : (
        fault === undefined && (
          <div class="nothing-yet hint">
            <p>
              {running
                ? 'It is on its way …'
                : 'The run is drawn here: its calls on a line of time, its limits, its result.'}
            </p>
            <ul>
              <li>
                <kbd>Ctrl</kbd> <kbd>Space</kbd> names what can be written: tools, parameters, values
              </li>
              <li>
                <kbd>Ctrl</kbd> <kbd>Enter</kbd> runs the script
              </li>
              <li>
                <kbd>Esc</kbd>, then <kbd>Tab</kbd> leaves the editor
              </li>
            </ul>
          </div>
        )
      )}
    </section>
  );
}

function LanguageChoice({ languages, language }: { languages: readonly string[]; language: string }) {
  if (languages.length < 2) return <span class="hint">{shownText(language, 40)}</span>;
  return (
    <select
      aria-label="Language"
      value={language}
      onChange={(event) => keepDraft({ language: event.currentTarget.value })}
    >
      {languages.map((name) => (
        <option key={name} value={name}>
          {shownText(name, 40)}
        </option>
      ))}
    </select>
  );
}

function DataBox({ text, fault }: { text: string; fault: string | undefined }) {
  return (
    <details class="data" open={text !== ''}>
      <summary>
        Data {fault !== undefined && <span class="failed-text">{shownText(fault, 120)}</span>}
      </summary>
      <textarea
        aria-label="Data, as JSON"
        aria-invalid={fault !== undefined}
        spellcheck={false}
        rows={5}
        placeholder={'{"names": ["a", "b"]}'}
        value={text}
        onInput={(event) => keepDraft({ data: event.currentTarget.value })}
      />
    </details>
  );
}

/** The run of this id, as far as it has come. */
function useWatched(id: string | undefined): RunRecord | undefined {
  const book = useStore(runs);
  useEffect(() => (id === undefined ? undefined : watchRun(id, () => undefined)), [id]);
  return id === undefined ? undefined : book.whole.get(id);
}

function isMac(): boolean {
  return /Mac|iPhone|iPad/.test(navigator.userAgent);
}
