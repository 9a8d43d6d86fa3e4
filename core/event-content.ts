/**
 * What events are about: the text of scripts, data, arguments, results, logs and the words of errors.
 *
 * It stays out of every event but for a sink that asks for it, kind by kind, which a sink does only where a
 * setting of its own, named for it, is on.
 */

/** What a sink may ask for. */
export const CONTENT_KINDS = [
  'script',
  'data',
  'arguments',
  'argumentHash',
  'result',
  'logs',
  'error',
] as const;

/** One of them. */
export type ContentKind = (typeof CONTENT_KINDS)[number];

/**
 * The content of one event, as far as the sink asked for it and the event has it. Values are handed over as
 * they are, JSON texts whole: who writes them cuts them.
 */
export interface EventContent {
  /** With `script.started`, and `script.refused`. */
  readonly script?: string;
  /** With `script.started`: the data, as JSON text. */
  readonly data?: string;
  /** With `tool.started`: the arguments, as JSON text. */
  readonly arguments?: string;
  /**
   * With `tool.called` and `context.denied`: SHA-256 of the arguments, of the parameters there, as JSON text
   * with sorted keys, hexadecimal.
   */
  readonly argumentHash?: string;
  /** With `script.finished` and `tool.called`: the result, as JSON text. */
  readonly result?: string;
  /** With `script.finished`: what was printed. */
  readonly logs?: readonly string[];
  /** With `script.finished`, `script.refused` and `tool.called`: the message of the error, as the caller reads it. */
  readonly error?: string;
}

/** Works content out; called once for an event, and only where a sink asks for some. */
export type ContentSource = (wants: (kind: ContentKind) => boolean) => EventContent;

/** What of it a sink asked for. */
export function chosenContent(content: EventContent, kinds: readonly ContentKind[]): EventContent {
  const entries = kinds.flatMap((kind) => (content[kind] === undefined ? [] : [[kind, content[kind]]]));
  return Object.fromEntries(entries) as EventContent;
}
