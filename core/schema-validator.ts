/** Compiles a tool's input schema into a check whose work is bounded. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { ErrorObject, ValidateFunction } from 'ajv';
import formats from 'ajv-formats';
import { boundedTest } from './bounded-pattern.js';
import type { Json } from './json.js';
import { copySchema, VISIT } from './schema-copy.js';

/** The faults of a value; empty when it fits. Throws when telling would take too long. */
export type SchemaValidator = (value: Json) => readonly ErrorObject[];

/** Subschemas that one check may visit: a schema can make that number grow without bound. */
const MAX_VISITS = 50_000;

/** Formats that are checked; others say what is meant, and only the server behind the tool judges them. */
const FORMATS = [
  'date',
  'time',
  'date-time',
  'duration',
  'email',
  'hostname',
  'ipv4',
  'ipv6',
  'uri',
  'uuid',
] as const;

/**
 * Compiles a schema; throws when it cannot be used, with the reason. With `isPartial`, a value may lack keys
 * and items that it will have.
 */
export function compileSchema(schema: Json, isPartial = false): SchemaValidator {
  const copy = copySchema(schema, isPartial);
  const ajv = validator();
  const validate = ajv.compile(copy);
  ajv.removeSchema(copy);
  return (value) => faultsOf(validate, value);
}

function faultsOf(validate: ValidateFunction, value: Json): readonly ErrorObject[] {
  visitsLeft = MAX_VISITS;
  if (validate(value)) return [];
  const faults = validate.errors ?? [];
  validate.errors = null;
  return faults;
}

let visitsLeft = 0;

function visit(): boolean {
  visitsLeft -= 1;
  if (visitsLeft < 0) throw 'a check that takes too long';
  return true;
}

let made: Ajv2020 | undefined;

/** The one instance; made when first needed. Of the schemas without identifier it keeps the last. */
function validator(): Ajv2020 {
  return (made ??= createValidator());
}

function createValidator(): Ajv2020 {
  const ajv = new Ajv2020({
    strict: false,
    meta: false,
    validateSchema: false,
    inlineRefs: false,
    logger: false,
    verbose: true,
    multipleOfPrecision: 9,
    ownProperties: true,
    code: { optimize: false, regExp: patternOfKeys },
  });
  formats.default(ajv, [...FORMATS]);
  ajv.addKeyword({ keyword: VISIT, before: '$dynamicAnchor', schema: false, errors: false, validate: visit });
  ajv.removeKeyword('pattern');
  ajv.addKeyword({
    keyword: 'pattern',
    type: 'string',
    schemaType: 'string',
    compile: (pattern: string) => boundedTest(pattern) ?? (() => true),
  });
  return ajv;
}

/** The patterns of `patternProperties`: which keys they match decides what else is checked, so none is left untested. */
function patternOfKeys(pattern: string): { test(text: string): boolean } {
  const test = boundedTest(pattern);
  if (test === undefined) throw 'a pattern of keys that may take too long';
  return { test };
}
patternOfKeys.code = 'patternOfKeys';
