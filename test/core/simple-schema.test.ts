import { expect } from 'chai';
import fc from 'fast-check';
import type { Json } from '../../core/index.js';
import { compileSchema } from '../../core/schema-validator.js';
import { fitsPlainly } from '../../core/simple-schema.js';

const type = fc.constantFrom('null', 'string', 'boolean', 'number', 'integer', 'array', 'object', 'nonsense');
const key = fc.constantFrom('a', 'b', 'toString');

const { schema } = fc.letrec<{ schema: Json }>((tie) => ({
  schema: fc.record(
    {
      type,
      properties: fc.dictionary(key, tie('schema'), { maxKeys: 3, noNullPrototype: true }),
      required: fc.array(key, { maxLength: 2 }),
      additionalProperties: fc.boolean(),
      items: tie('schema'),
      enum: fc.array(fc.constantFrom<Json>(1, 'x', null), { minLength: 1, maxLength: 2 }),
      minimum: fc.constant(1),
      title: fc.constant('t'),
    },
    { requiredKeys: ['type'], noNullPrototype: true },
  ),
}));

const leaf = fc.constantFrom<Json>(1, 1.5, 'x', null, true);
const value = fc.oneof(leaf, fc.array(leaf, { maxLength: 2 }));
const object = fc.dictionary(key, value, { maxKeys: 3, noNullPrototype: true }) as fc.Arbitrary<Json>;

describe('plain schemas', () => {
  it('are said to fit only where the validator finds no fault', () => {
    let fits = 0;
    fc.assert(
      fc.property(schema, fc.oneof(value, object), (anySchema, anyValue) => {
        if (!fitsPlainly(anySchema, anyValue)) return true;
        fits += 1;
        return compileSchema(anySchema)(anyValue).length === 0;
      }),
      { numRuns: 3_000 },
    );
    expect(fits).to.be.above(10);
  });

  it('cover what tools mostly have', () => {
    const common = {
      $schema: 'http://json-schema.org/draft-07/schema#',
      type: 'object',
      properties: {
        path: { type: 'string', description: 'x' },
        tags: { type: 'array', items: { type: 'string' } },
        n: { type: 'integer', default: 1 },
      },
      required: ['path'],
      additionalProperties: false,
    };
    expect(fitsPlainly(common, { path: 'a', tags: ['x'], n: 2 })).to.equal(true);
    expect(fitsPlainly(common, { path: 'a', n: 2n ** 60n })).to.equal(true);
    for (const wrong of [
      {},
      { path: 1 },
      { path: 'a', tags: [1] },
      { path: 'a', more: 1 },
      { path: 'a', n: 1.5 },
    ]) {
      expect(fitsPlainly(common, wrong)).to.equal(false);
    }
  });
});
