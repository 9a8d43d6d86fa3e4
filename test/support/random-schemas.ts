/** Schemas as strangers write them, right and wrong, for properties that must hold of all. */
import fc from 'fast-check';
import type { Json, JsonObject } from '../../core/index.js';

const name = fc.oneof(
  fc.constantFrom('id', 'query', 'from', 'user-id', 'a b', '__proto__', 'constructor', 'result', ''),
  fc.string({ unit: 'binary', maxLength: 12 }),
);

const pointer = fc.constantFrom(
  '#',
  '#/$defs/node',
  '#/definitions/a~1b',
  '#/properties/id',
  '#/$defs/nobody',
  'https://schemas.example/other.json',
  '%',
);

const constant: fc.Arbitrary<Json> = fc.oneof(
  fc.string({ unit: 'binary', maxLength: 50 }),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.bigInt(),
  fc.constantFrom<Json>([], {}, [1], { a: 1 }),
);

const type = fc.oneof(
  fc.constantFrom('string', 'integer', 'number', 'boolean', 'null', 'array', 'object'),
  fc.constantFrom<Json>(['string', 'null'], ['array', 'object', 'nonsense'], 'nonsense', 7),
);

/** A schema, or what is none. */
export const schemas: fc.Arbitrary<Json> = fc.letrec<{ schema: Json; map: Json; list: Json }>((tie) => ({
  map: fc.dictionary(name, tie('schema'), { maxKeys: 5 }),
  list: fc.array(tie('schema'), { maxLength: 4 }),
  schema: fc.oneof(
    { maxDepth: 4, depthSize: 'small' },
    fc.boolean(),
    fc.record({ type, format: fc.constantFrom('date', 'uri', 'x') }, { requiredKeys: [] }),
    fc.record({ $ref: pointer }),
    constant,
    fc.record<Record<string, Json>>(
      {
        type,
        properties: tie('map'),
        required: fc.array(fc.oneof(name, constant), { maxLength: 4 }),
        additionalProperties: tie('schema'),
        patternProperties: tie('map'),
        items: fc.oneof(tie('schema'), tie('list')),
        prefixItems: tie('list'),
        enum: fc.array(constant, { maxLength: 6 }),
        const: constant,
        default: constant,
        anyOf: tie('list'),
        oneOf: tie('list'),
        allOf: tie('list'),
        not: tie('schema'),
        nullable: fc.boolean(),
        $defs: tie('map'),
        definitions: tie('map'),
        $ref: pointer,
      },
      { requiredKeys: [] },
    ),
  ),
})).schema;

/** An input schema with some properties. */
export const inputSchemas: fc.Arbitrary<JsonObject> = fc.record<Record<string, Json>>({
  type: fc.constant('object'),
  properties: fc.dictionary(name, schemas, { maxKeys: 8 }),
  required: fc.array(name, { maxLength: 3 }),
  $defs: fc.dictionary(fc.constantFrom('node', 'other'), schemas, { maxKeys: 2 }),
});
