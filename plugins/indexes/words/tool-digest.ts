/**
 * What is indexed of a tool: the stems of its texts and the marks of their concepts, each with a weight that
 * says where it stands. A word of the name tells more than one deep in the description of a parameter.
 */
import type { ToolDefinition, ToolOrigin } from '../../../core/index.js';
import type { Concepts } from './concepts.js';
import { textsOfSchema } from './schema-words.js';
import { stemsOf } from './stem.js';
import type { Place } from './word-split.js';

/** Terms with their weights: whole numbers from 1. */
export type ToolDigest = ReadonlyMap<string, number>;

/** What a word counts in each text; the sum where it stands in several. */
const WEIGHTS = {
  name: 6,
  /** The name of the server: all of its tools have it. */
  server: 2,
  /** The title, and the one of the annotations. */
  title: 3,
  /** The first sentence of the description: what the tool is for. */
  summary: 3,
  /** Names of parameters. */
  parameters: 1,
  /** The rest of the description, descriptions of parameters and values to choose from. */
  rest: 1,
} as const;

/** UTF-16 units of each that are looked at. */
const LONGEST_NAME = 200;
const LONGEST_SUMMARY = 250;
const LONGEST_DESCRIPTION = 2_000;
/** How many words come in from the rest that stand nowhere else. */
const MAX_REST = 70;

/** Never throws, whatever stands in the definition. */
export function digestOf(
  tool: ToolDefinition,
  origin: ToolOrigin | undefined,
  concepts: Concepts,
): ToolDigest {
  const { names, details } = textsOfSchema(tool.inputSchema);
  const [summary, description] = inTwo(textOf(tool.description).slice(0, LONGEST_DESCRIPTION).trim());
  const digest = new Digest(concepts);
  digest.add(nameOf(tool, origin).slice(0, LONGEST_NAME), 'name', WEIGHTS.name);
  digest.add(textOf(origin?.backend).slice(0, LONGEST_NAME), 'name', WEIGHTS.server);
  digest.add(textOf(tool.title).slice(0, LONGEST_NAME), 'prose', WEIGHTS.title);
  digest.add(textOf(tool.annotations?.['title']).slice(0, LONGEST_NAME), 'prose', WEIGHTS.title);
  digest.add(summary, 'prose', WEIGHTS.summary);
  digest.add(names.join('\n'), 'name', WEIGHTS.parameters);
  digest.addRest(`${description}\n${details.join('\n')}`);
  return digest.terms;
}

class Digest {
  readonly terms = new Map<string, number>();
  readonly #concepts: Concepts;

  constructor(concepts: Concepts) {
    this.#concepts = concepts;
  }

  add(text: string, place: Place, weight: number): void {
    const stems = stemsOf(text, place);
    const terms = new Set(stems);
    stems.forEach((_, at) => this.#concepts.marksAt(stems, at).forEach((mark) => terms.add(mark)));
    for (const term of terms) this.terms.set(term, (this.terms.get(term) ?? 0) + weight);
  }

  /** Words alone, without their concepts: of so many words, some mean about anything. */
  addRest(text: string): void {
    const most = this.terms.size + MAX_REST;
    for (const stem of stemsOf(text, 'prose')) {
      if (this.terms.size >= most) return;
      if (!this.terms.has(stem)) this.terms.set(stem, WEIGHTS.rest);
    }
  }
}

/** Without the server's name in front of it. */
function nameOf({ name }: ToolDefinition, origin: ToolOrigin | undefined): string {
  return origin !== undefined && textOf(name).endsWith(origin.tool) ? origin.tool : textOf(name);
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

const SENTENCE_END = /[.!?](?=\s)|[。！？\n]/u;

function inTwo(text: string): readonly [string, string] {
  const end = text.search(SENTENCE_END);
  const length = end < 0 ? LONGEST_SUMMARY : Math.min(end + 1, LONGEST_SUMMARY);
  return [text.slice(0, length), text.slice(length)];
}
