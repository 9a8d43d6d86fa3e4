/**
 * The editor of the playground. It stands in a shadow root: there its styles come as adopted sheets,
 * which the page's content security policy lets be.
 */
import { closeBrackets, closeBracketsKeymap, completionKeymap } from '@codemirror/autocomplete';
import { defaultKeymap, history, historyKeymap, indentWithTab } from '@codemirror/commands';
import { javascript } from '@codemirror/lang-javascript';
import { python } from '@codemirror/lang-python';
import { bracketMatching, indentOnInput, indentUnit } from '@codemirror/language';
import { lintKeymap } from '@codemirror/lint';
import { Annotation, Compartment, EditorState, Prec, type Extension } from '@codemirror/state';
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  highlightSpecialChars,
  keymap,
  lineNumbers,
} from '@codemirror/view';
import { useEffect, useRef } from 'preact/hooks';
import type { ConsoleTool, RunError, ScriptDraft } from '../../api.js';
import { editorHelp } from './editor-help.js';
import { typedOver } from './typed-over.js';
import { lightLine, lineLight } from './editor-line.js';
import { editorTheme } from './editor-theme.js';
import { spellingOf } from './language.js';
import { markAnew, preflight } from './preflight.js';

/** What the editor knows, and whom it tells. */
export interface EditorProps {
  /** What stands there first; later on only as long as nothing was written. */
  readonly script: string;
  /** Whether somebody wrote something, as it is this moment. */
  readonly isWritten: () => boolean;
  readonly language: string;
  readonly tools: readonly ConsoleTool[];
  readonly names: readonly string[];
  /** The error of the last run, while the script is as it ran. */
  readonly error: RunError | undefined;
  /** The line of the call that is pointed at. */
  readonly lit: number | undefined;
  /** The line to go to; told anew each time. */
  readonly target: { readonly line: number } | undefined;
  readonly changed: (script: string) => void;
  readonly run: () => void;
  readonly draftOf: (script: string) => ScriptDraft;
  readonly marked: (marks: number) => void;
}

/** On a change that nobody wrote. */
const given = Annotation.define<boolean>();

/** The editor; what it is told later reaches it without it being built anew. */
export function Editor(props: EditorProps) {
  const host = useRef<HTMLDivElement>(null);
  const view = useRef<EditorView>(undefined);
  const latest = useRef(props);
  latest.current = props;
  const language = useRef(new Compartment());
  useEffect(() => {
    if (host.current === null) return undefined;
    const root = host.current.shadowRoot ?? host.current.attachShadow({ mode: 'open' });
    const made = new EditorView({
      parent: root,
      root,
      state: EditorState.create({
        doc: latest.current.script,
        extensions: [language.current.of(grammar(latest.current.language)), extensions(latest)],
      }),
    });
    view.current = made;
    return () => made.destroy();
  }, []);
  useEffect(() => {
    view.current?.dispatch({ effects: language.current.reconfigure(grammar(props.language)) });
  }, [props.language]);
  useEffect(
    () => view.current?.dispatch({ effects: markAnew.of(null) }),
    [props.language, props.tools, props.error],
  );
  useEffect(() => {
    const { current } = view;
    if (current === undefined || latest.current.isWritten()) return;
    const changes = { from: 0, to: current.state.doc.length, insert: props.script };
    current.dispatch({ changes, annotations: given.of(true) });
  }, [props.script]);
  useEffect(() => view.current?.dispatch({ effects: lightLine.of(props.lit) }), [props.lit]);
  useEffect(() => {
    if (view.current !== undefined && props.target !== undefined) goTo(view.current, props.target.line);
  }, [props.target]);
  return <div ref={host} class="editor" />;
}

function goTo(view: EditorView, line: number): void {
  const { from } = view.state.doc.line(Math.max(1, Math.min(line, view.state.doc.lines)));
  view.dispatch({ selection: { anchor: from }, scrollIntoView: true });
  view.focus();
}

function extensions(latest: { readonly current: EditorProps }): Extension {
  return [
    Prec.highest(
      keymap.of([
        {
          key: 'Mod-Enter',
          run: () => {
            latest.current.run();
            return true;
          },
        },
      ]),
    ),
    lineNumbers(),
    highlightActiveLine(),
    highlightActiveLineGutter(),
    highlightSpecialChars(),
    history(),
    drawSelection(),
    indentOnInput(),
    bracketMatching(),
    closeBrackets(),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ 'aria-label': 'Script' }),
    editorHelp(() => ({
      spelling: spellingOf(latest.current.language),
      tools: latest.current.tools,
      names: latest.current.names,
    })),
    preflight({
      draftOf: (script) => latest.current.draftOf(script),
      error: () => latest.current.error,
      told: (marks) => latest.current.marked(marks),
    }),
    keymap.of([
      ...closeBracketsKeymap,
      ...completionKeymap,
      ...historyKeymap,
      ...lintKeymap,
      ...defaultKeymap,
      indentWithTab,
    ]),
    EditorView.updateListener.of((update) => {
      const isGiven = update.transactions.some((transaction) => transaction.annotation(given));
      if (update.docChanged && !isGiven) latest.current.changed(update.state.doc.toString());
    }),
    typedOver,
    lineLight,
    editorTheme,
  ];
}

function grammar(language: string): Extension {
  return spellingOf(language) === 'javascript'
    ? [javascript({ typescript: true }), indentUnit.of('  ')]
    : [python(), indentUnit.of('    ')];
}
