/** A line of the editor that lights up: that of the call that is pointed at. */
import { StateEffect, StateField, type Extension } from '@codemirror/state';
import { Decoration, EditorView, type DecorationSet } from '@codemirror/view';

/** Lights up a line, counted from 1; undefined puts it out. */
export const lightLine = StateEffect.define<number | undefined>();

const lit = Decoration.line({ class: 'cm-lit' });

/** What the editor needs for it. */
export const lineLight: Extension = StateField.define<DecorationSet>({
  create: () => Decoration.none,
  update(lights, { effects, changes, state }) {
    const effect = effects.find((one) => one.is(lightLine));
    if (effect === undefined) return lights.map(changes);
    const line = effect.value;
    if (typeof line !== 'number' || line < 1 || line > state.doc.lines) return Decoration.none;
    return Decoration.set(lit.range(state.doc.line(line).from));
  },
  provide: (field) => EditorView.decorations.from(field),
});
