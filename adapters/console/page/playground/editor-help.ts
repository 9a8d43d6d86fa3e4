/** The editor's help with tools: completion, and the parameters of the call that is being written. */
import { autocompletion, snippet, type Completion, type CompletionSource } from '@codemirror/autocomplete';
import { StateField, type EditorState, type Extension } from '@codemirror/state';
import { hoverTooltip, showTooltip, type Tooltip } from '@codemirror/view';
import { parametersOf } from '../tools/parameter.js';
import { shownLines, shownText } from '../text/shown-text.js';
import { parameterHelp, type ParameterHelp } from './parameter-help.js';
import { suggestions, type Suggestion, type Vocabulary } from './suggestion.js';

/** Parameters that are told of a call. */
const MOST_PARAMETERS = 12;

/** Completion and help; `words` is asked each time, for tools come and go. */
export function editorHelp(words: () => Vocabulary): Extension {
  return [
    autocompletion({ override: [source(words)], icons: true, activateOnTypingDelay: 60 }),
    helpAbove(words),
    toolUnderPointer(words),
  ];
}

function source(words: () => Vocabulary): CompletionSource {
  return ({ state, pos, explicit }) => {
    const found = suggestions(state.doc.toString(), pos, words(), explicit);
    if (found === undefined) return null;
    return { from: found.from, options: found.offers.map(option), validFor: /^["'\w$]*$/ };
  };
}

function option({ label, kind, detail, about, text, rank }: Suggestion): Completion {
  return {
    label,
    displayLabel: shownText(label, 60),
    type: kind,
    boost: rank,
    ...(detail !== undefined && { detail: shownText(detail, 50) }),
    ...(about !== undefined && about.trim() !== '' && { info: () => textBox(shownLines(about, 1_500)) }),
    ...(text !== undefined && { apply: applied(text) }),
    ...(kind === 'value' && { apply: valueApplied }),
  };
}

/** Writes a text, and puts the cursor where its `$` stands. */
function applied(text: string): NonNullable<Completion['apply']> {
  if (!text.includes('$')) return text;
  return (view, completion, from, to) => {
    const [before = '', after = ''] = text.split(/\$(?=[^$]*$)/);
    // What is behind the name already is not written a second time.
    const isCalled = view.state.sliceDoc(to, to + 1) === '(';
    const name = completion.label;
    if (isCalled)
      view.dispatch({ changes: { from, to, insert: name }, selection: { anchor: from + name.length + 1 } });
    else snippet(`${escaped(before)}\${}${escaped(after)}`)(view, completion, from, to);
  };
}

/** Writes a value; a quote that stands behind it already is the value's own. */
const valueApplied: NonNullable<Completion['apply']> = (view, { label }, from, to) => {
  const behind = label.endsWith('"') && view.state.sliceDoc(to, to + 1) === '"' ? to + 1 : to;
  const changes = { from, to: behind, insert: label };
  view.dispatch({ changes, selection: { anchor: from + label.length }, userEvent: 'input.complete' });
};

/** A text that stands for itself in a snippet. */
function escaped(text: string): string {
  return text.replace(/[\\{}]/g, '\\$&');
}

function helpAbove(words: () => Vocabulary): Extension {
  const helpAt = (state: EditorState): Tooltip | null => {
    const { main } = state.selection;
    if (!main.empty) return null;
    const { tools, spelling } = words();
    const help = parameterHelp(state.sliceDoc(0, main.head), tools, spelling);
    if (help === undefined) return null;
    return { pos: help.from, above: true, strictSide: true, create: () => ({ dom: helpBox(help) }) };
  };
  return StateField.define<Tooltip | null>({
    create: () => null,
    update: (tooltip, { docChanged, selection, state }) =>
      docChanged || selection ? helpAt(state) : tooltip,
    provide: (field) => showTooltip.from(field),
  });
}

/** The signature of the tool that is pointed at. */
function toolUnderPointer(words: () => Vocabulary): Extension {
  return hoverTooltip((view, at) => {
    const word = view.state.wordAt(at);
    if (word === null) return null;
    const name = view.state.sliceDoc(word.from, word.to);
    const tool = words().tools.find(({ scriptName }) => scriptName === name);
    if (tool === undefined) return null;
    const help: ParameterHelp = {
      tool,
      from: word.from,
      parameters: parametersOf(tool.inputSchema),
      current: -1,
    };
    return { pos: word.from, end: word.to, above: true, create: () => ({ dom: helpBox(help) }) };
  });
}

function helpBox({ tool, parameters, current }: ParameterHelp): HTMLElement {
  const box = element('div', 'help');
  const call = element('div', 'help-call', `${shownText(tool.scriptName, 60)}(`);
  parameters.slice(0, MOST_PARAMETERS).forEach(({ name, type, required }, index) => {
    const text = `${shownText(name, 40)}${required ? '' : '?'}: ${shownText(type, 40)}`;
    call.append(index === 0 ? '' : ', ', element('span', index === current ? 'help-current' : '', text));
  });
  call.append(parameters.length > MOST_PARAMETERS ? ', …)' : ')');
  const about = parameters[current]?.description ?? tool.description;
  box.append(call, element('div', 'help-about', shownText(about, 240)));
  return box;
}

function textBox(text: string): HTMLElement {
  return element('div', '', text);
}

function element(tag: string, name: string, text = ''): HTMLElement {
  const made = document.createElement(tag);
  made.className = name;
  made.textContent = text;
  return made;
}
