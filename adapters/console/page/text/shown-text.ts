/**
 * Text of others, as it may stand on the page: short enough, and with nothing in it that moves or hides
 * what stands beside it. That it is no markup is seen to by drawing it as text only.
 */

/** What a name takes on the page before it is cut. */
const LONGEST = 120;

/** Controls, marks that turn the direction of text, and what has no width. */
const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** One line of at most so many characters; what cannot be seen is told by its number, `‹202E›`. */
export function shownText(text: string, most = LONGEST): string {
  const cut = text.length > most ? `${text.slice(0, most - 1)}…` : text;
  return seen(cut);
}

/** Text of several lines: as {@link shownText}, with line ends and tabs as they are. */
export function shownLines(text: string, most: number): string {
  const cut = text.length > most ? `${text.slice(0, most)}\n…` : text;
  return seen(cut, '\n\t\r');
}

function seen(text: string, kept = ''): string {
  return text.replace(UNSEEN, (character) => (kept.includes(character) ? character : told(character)));
}

function told(character: string): string {
  return character === '\n' || character === '\t' || character === '\r'
    ? ' '
    : `‹${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}›`;
}
