import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { createCodeMode, defineTool } from '../../adapters/library/index.js';
import type { CodeMode } from '../../core/index.js';

const docs = fileURLToPath(new URL('../../docs', import.meta.url));

interface Block {
  readonly place: string;
  readonly script: string;
  readonly answer: string;
}

/** Each ```starlark block that a ```json block follows: what the script answers. */
function blocks(file: string): Block[] {
  const text = readFileSync(join(docs, file), 'utf8');
  const pattern = /```starlark\n([\s\S]*?)```\n\n```json\n([\s\S]*?)```/g;
  return [...text.matchAll(pattern)].map((match) => ({
    place: `${file}:${String(text.slice(0, match.index).split('\n').length)}`,
    script: match[1]!,
    answer: match[2]!,
  }));
}

/** The tools that the pages speak of. */
const TOOLS = [
  defineTool({
    name: 'get-sum',
    description: 'Adds two numbers.',
    inputSchema: {
      type: 'object',
      properties: { a: { type: 'integer' }, b: { type: 'integer' } },
      required: ['a', 'b'],
    },
    call: ({ a, b }) => Number(a) + Number(b),
  }),
  defineTool({
    name: 'search-issues',
    description: 'Searches the issues of a repository.',
    inputSchema: {
      type: 'object',
      properties: {
        query: { type: 'string' },
        state: { enum: ['open', 'closed'], default: 'open' },
        limit: { type: 'integer', default: 20 },
      },
      required: ['query'],
    },
    outputSchema: {
      type: 'object',
      properties: {
        result: {
          type: 'array',
          items: {
            type: 'object',
            properties: { id: { type: 'integer' }, title: { type: 'string' }, body: { type: 'string' } },
            required: ['id', 'title'],
          },
        },
      },
    },
    call: () => ({ structuredContent: { result: [] }, content: [] }),
  }),
];

/** JSON text without the spaces that only please the eye. */
function compact(text: string): string {
  return text.replace(/("(?:[^"\\]|\\.)*")|\s+/g, '$1');
}

describe('Starlark in the documentation', () => {
  let codeMode: CodeMode;
  before(async () => {
    codeMode = await createCodeMode({ tools: TOOLS });
  });
  after(() => codeMode.close());

  const all = readdirSync(docs, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .flatMap(blocks);

  it('is found', () => expect(all.length).to.be.greaterThan(4));

  for (const { place, script, answer } of all) {
    it(`answers what ${place} says`, async () => {
      const outcome = await codeMode.run({ script });
      expect(outcome.ok ? outcome.text : outcome.error.message).to.equal(compact(answer));
    });
  }
});
