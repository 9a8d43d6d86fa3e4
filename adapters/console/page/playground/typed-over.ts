/**
 * Text typed over a selection is written by the editor itself. Left to the browser, it keeps the look of
 * what it replaces by a `style` of its own, which the content security policy refuses.
 */
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';

/** What the editor needs for it. */
export const typedOver: Extension = EditorView.domEventHandlers({
  beforeinput(event, view) {
    const { data, inputType } = event;
    const { from, to, empty } = view.state.selection.main;
    if (inputType !== 'insertText' || data === null || empty || view.composing) return false;
    const insert = () => view.state.update(view.state.replaceSelection(data), { userEvent: 'input.type' });
    const handlers = view.state.facet(EditorView.inputHandler);
    if (!handlers.some((handle) => handle(view, from, to, data, insert))) view.dispatch(insert());
    return true;
  },
});
