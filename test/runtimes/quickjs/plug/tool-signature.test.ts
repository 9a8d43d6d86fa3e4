import { expect } from 'chai';
import { ToolCatalog } from '../../../../core/index.js';
import type { JsonObject } from '../../../../core/index.js';
import { toolSignature } from '../../../../runtimes/quickjs/plug/tool-signature.js';
import { withoutTypes } from '../../../../runtimes/quickjs/script/type-stripping.js';

function signature(inputSchema: JsonObject, outputSchema?: JsonObject, length?: number): string {
  const tool = { name: 'find', inputSchema, ...(outputSchema !== undefined && { outputSchema }) };
  return toolSignature(new ToolCatalog([tool], new Set()).bound[0]!, length);
}

const ISSUE: JsonObject = {
  type: 'object',
  properties: {
    id: { type: 'integer' },
    labels: { type: 'array', items: { type: 'string' } },
    state: { enum: ['open', 'closed'] },
  },
  required: ['id', 'state'],
};

describe('signatures in TypeScript', () => {
  const rows: readonly (readonly [input: JsonObject, output: JsonObject | undefined, text: string])[] = [
    [{ type: 'object', properties: {}, additionalProperties: false }, undefined, 'find()'],
    [
      {
        type: 'object',
        properties: { path: { type: 'string' }, head: { type: 'number' } },
        required: ['path'],
        additionalProperties: false,
      },
      { type: 'object', properties: { result: { type: 'array', items: ISSUE } } },
      'find(args: { path: string; head?: number }): Promise<{ id: number; labels?: string[]; state: "open" | "closed" }[]>',
    ],
    [
      {
        type: 'object',
        properties: {
          'x-y': { type: ['string', 'null'], default: null },
          n: { type: 'integer', default: 20 },
        },
      },
      { type: 'object', additionalProperties: { type: 'number' } },
      'find(args?: { "x-y"?: string | null /*=null*/; n?: number /*=20*/ }): Promise<Record<string, number>>',
    ],
    [
      { type: 'object', properties: { when: { type: 'array', items: { type: 'string', format: 'date' } } } },
      undefined,
      'find(args?: { when?: (string /*date*/)[] })',
    ],
    [
      {
        type: 'object',
        properties: {
          p: { type: 'array', prefixItems: [{ type: 'number' }, { type: 'string' }], items: false },
        },
      },
      undefined,
      'find(args?: { p?: [number, string] })',
    ],
    [{ type: 'object', properties: { t: { const: '*/ x' } } }, undefined, 'find(args?: { t?: "*\\\\/ x" })'],
  ];
  for (const [input, output, text] of rows) {
    it(text, async () => {
      const told = signature(input, output);
      expect(told).to.equal(text.replace('\\\\', '\\'));
      const declared = `declare function ${told};`;
      expect((await withoutTypes(declared)).kind, declared).to.equal('text');
    });
  }

  it('keep to their length, and name what must be given', () => {
    const input = {
      type: 'object',
      properties: {
        issue: ISSUE,
        ...Object.fromEntries(
          Array.from({ length: 40 }, (_, i) => [`option_${String(i)}`, { type: 'string' }]),
        ),
      },
      required: ['issue'],
    };
    for (const length of [60, 100, 200, 400]) {
      const text = signature(input, ISSUE, length);
      expect(text.length).to.be.at.most(length);
      expect(text).to.match(/^find\(args: \{ issue.*…/);
    }
  });
});
