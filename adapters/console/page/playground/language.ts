/** The two ways in which scripts are written: like Python, or like JavaScript. */

/** How a language is spelled. */
export type Spelling = 'python' | 'javascript';

/** The spelling of a language by its name, or of the runtime that runs it; what is unknown is like Python. */
export function spellingOf(language: string): Spelling {
  return /javascript|typescript|quickjs/i.test(language) ? 'javascript' : 'python';
}
