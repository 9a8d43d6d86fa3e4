/** Cuts what comes from outside, and strikes secrets out of texts: no name and no text fills a backend of telemetry. */
import { redactSecrets } from '../../../core/index.js';

const LONGEST_NAME = 200;
const LONGEST_CONTENT = 16_384;

/** A name, cut between two characters, never within one. */
export function shortName(text: string): string {
  if (text.length <= LONGEST_NAME) return text;
  const end = /[\uD800-\uDBFF]/.test(text.charAt(LONGEST_NAME - 1)) ? LONGEST_NAME - 1 : LONGEST_NAME;
  return `${text.slice(0, end)}…`;
}

/** A reason in the operator's words. */
export function shortReason(text: string): string {
  return redactSecrets(text, LONGEST_NAME);
}

/** The text of a script, an argument, a result, an error. */
export function shortContent(text: string): string {
  return redactSecrets(text, LONGEST_CONTENT);
}
