/** How the editor looks: the colours of the page, which it takes over in both themes. */
import { HighlightStyle, syntaxHighlighting } from '@codemirror/language';
import type { Extension } from '@codemirror/state';
import { EditorView } from '@codemirror/view';
import { tags } from '@lezer/highlight';

const box = {
  background: 'var(--raised)',
  color: 'var(--text)',
  border: '1px solid var(--line-strong)',
  borderRadius: '6px',
  boxShadow: '0 6px 20px var(--shadow)',
};

const theme = EditorView.theme({
  '&': { height: '100%', color: 'var(--text)', background: 'var(--surface)', fontSize: '13px' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '1.55' },
  '.cm-content': { caretColor: 'var(--text)', padding: '8px 0' },
  '.cm-cursor': { borderLeftColor: 'var(--text)' },
  '.cm-gutters': { background: 'var(--surface)', color: 'var(--faint)', border: 'none' },
  '.cm-activeLine, .cm-activeLineGutter': { background: 'var(--tint)' },
  '&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground': {
    background: 'var(--selected)',
  },
  '&.cm-focused .cm-matchingBracket': { background: 'var(--selected)', outline: 'none' },
  '.cm-lit': { background: 'var(--selected)' },
  '.cm-placeholder': { color: 'var(--faint)' },
  '.cm-specialChar': { color: 'var(--bad)' },
  '.cm-tooltip': box,
  '.cm-tooltip.cm-tooltip-autocomplete > ul': {
    fontFamily: 'var(--mono)',
    fontSize: '12.5px',
    maxHeight: '15em',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': { padding: '2px 8px' },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { background: 'var(--accent)', color: 'var(--on-accent)' },
  '.cm-tooltip-autocomplete ul li[aria-selected] .cm-completionDetail': { color: 'inherit' },
  '.cm-completionDetail': { color: 'var(--muted)', fontStyle: 'normal', marginLeft: '1.5em' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
  '.cm-completionIcon': { width: '1.1em', opacity: '0.7' },
  '.cm-completionIcon-tool::after': { content: "'ƒ'" },
  '.cm-completionIcon-parameter::after': { content: "'='" },
  '.cm-completionIcon-value::after': { content: "'●'", fontSize: '70%' },
  '.cm-completionIcon-name::after': { content: "'◦'" },
  '.cm-completionIcon-own::after': { content: "'x'" },
  '.cm-completionInfo': {
    maxWidth: '380px',
    padding: '8px 10px',
    fontSize: '12.5px',
    whiteSpace: 'pre-wrap',
    overflowWrap: 'anywhere',
    maxHeight: '14em',
    overflowY: 'auto',
  },
  '.cm-tooltip-lint, .cm-diagnostic': { maxWidth: '480px', overflowWrap: 'anywhere' },
  '.cm-diagnostic': { borderLeft: '3px solid var(--bad)', padding: '5px 9px', whiteSpace: 'pre-wrap' },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--bad)',
    textUnderlineOffset: '3px',
  },
  '.help': { padding: '5px 9px', maxWidth: '520px', fontSize: '12.5px', overflowWrap: 'anywhere' },
  '.help-call': { fontFamily: 'var(--mono)', color: 'var(--muted)' },
  '.help-current': { color: 'var(--accent-text)', fontWeight: '700' },
  '.help-about': { marginTop: '3px', color: 'var(--text)' },
});

const colours = HighlightStyle.define([
  {
    tag: [tags.keyword, tags.operatorKeyword, tags.controlKeyword, tags.bool, tags.null, tags.self],
    color: 'var(--code-keyword)',
  },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--code-string)' },
  { tag: tags.number, color: 'var(--code-number)' },
  { tag: [tags.lineComment, tags.blockComment], color: 'var(--muted)', fontStyle: 'italic' },
  { tag: tags.function(tags.variableName), color: 'var(--accent-text)' },
]);

/** The look of the editor. */
export const editorTheme: Extension = [theme, syntaxHighlighting(colours)];
