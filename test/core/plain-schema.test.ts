import { expect } from 'chai';
import fc from 'fast-check';
import type { Json, JsonObject } from '../../core/index.js';
import { compileSchema } from '../../core/schema-validator.js';
import { fitsPlainly } from '../../core/plain-schema.js';

const type = fc.constantFrom<Json>(
  'null',
  'string',
  'boolean',
  'number',
  'integer',
  'array',
  'object',
  'nonsense',
  ['string', 'null'],
);
const key = fc.constantFrom('a', 'b', 'toString');

/** Schemas of so many levels. */
function schemas(levels: number): fc.Arbitrary<Json> {
  const plain = {
    type,
    required: fc.array(key, { maxLength: 2 }),
    additionalProperties: fc.boolean(),
    enum: fc.array(fc.constantFrom<Json>(1, 'x', null), { minLength: 1, maxLength: 2 }),
    minimum: fc.constantFrom(0, 1),
    exclusiveMaximum: fc.constantFrom(1.5, 2),
    maxLength: fc.constantFrom(0, 2),
    minLength: fc.constantFrom(0, 1),
    maxItems: fc.constantFrom(0, 2),
    const: fc.constantFrom<Json>('x', 1),
    anyOf: fc.constantFrom<Json>([{ type: 'string' }, { type: 'null' }], [{ minimum: 1 }, true]),
    title: fc.constant('t'),
  };
  const inner = (): Record<string, fc.Arbitrary<Json>> => ({
    properties: fc.dictionary(key, schemas(levels - 1), { maxKeys: 3, noNullPrototype: true }),
    items: schemas(levels - 1),
  });
  return fc.record<Record<string, Json>>(
    { ...plain, ...(levels > 1 && inner()) },
    { requiredKeys: ['type'], noNullPrototype: true },
  );
}

const leaf = fc.constantFrom<Json>(1, 1.5, 'x', null, true);

/** Values that often fit the schema, and otherwise nearly do. */
function valueFor(anySchema: Json): fc.Arbitrary<Json> {
  const { type: name, items, properties = {} } = anySchema as Record<string, Json>;
  const fields = Object.entries(properties as JsonObject).map(
    ([field, inner]) => [field, valueFor(inner)] as const,
  );
  const fitting = new Map<unknown, fc.Arbitrary<Json>>([
    ['null', fc.constant(null)],
    ['string', fc.constant('x')],
    ['boolean', fc.boolean()],
    ['number', fc.constantFrom(1, 1.5)],
    ['integer', fc.constant(1)],
    ['array', fc.array(items === undefined ? leaf : valueFor(items), { maxLength: 2 })],
    ['object', objectOf(fields)],
  ]);
  return fc.oneof({ weight: 9, arbitrary: fitting.get(name) ?? leaf }, { weight: 1, arbitrary: leaf });
}

function objectOf(fields: readonly (readonly [string, fc.Arbitrary<Json>])[]): fc.Arbitrary<Json> {
  return fc.record(Object.fromEntries(fields), { requiredKeys: [] }) as fc.Arbitrary<Json>;
}

const pair = schemas(3).chain((anySchema) => fc.tuple(fc.constant(anySchema), valueFor(anySchema)));

describe('plain schemas', () => {
  it('are said to fit only where the validator finds no fault', () => {
    let fits = 0;
    fc.assert(
      fc.property(pair, ([anySchema, anyValue]) => {
        if (!fitsPlainly(anySchema, anyValue)) return true;
        fits += 1;
        return compileSchema(anySchema)(anyValue).length === 0;
      }),
      { numRuns: 1_000 },
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
        n: { type: 'integer', default: 1, minimum: 0 },
        note: { anyOf: [{ type: 'string', maxLength: 9 }, { type: 'null' }] },
      },
      required: ['path'],
      additionalProperties: false,
    };
    expect(fitsPlainly(common, { path: 'a', tags: ['x'], n: 2 })).to.equal(true);
    expect(fitsPlainly(common, { path: 'a', note: null })).to.equal(true);
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
