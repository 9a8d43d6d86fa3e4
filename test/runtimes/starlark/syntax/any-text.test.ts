import { expect } from 'chai';
import fc from 'fast-check';
import { StarlarkError } from '../../../../runtimes/starlark/error.js';
import { resolve } from '../../../../runtimes/starlark/resolve/index.js';
import {
  OPEN_DIALECT,
  parse,
  positionOf,
  STRICT_DIALECT,
} from '../../../../runtimes/starlark/syntax/index.js';
import type { Dialect } from '../../../../runtimes/starlark/syntax/dialect.js';

/** Pieces of scripts, good and bad; put together they come further into the grammar than random characters. */
const PIECES = [
  ...[
    'def f(',
    'if ',
    'elif ',
    'else',
    'for x in ',
    'while ',
    'return ',
    'load(',
    'lambda ',
    'not ',
    ' in ',
    ' and ',
  ],
  ...[
    'x',
    'y.z',
    '1',
    '0x',
    '1.5e',
    '"s"',
    "'",
    '"""',
    'f"',
    'rb"',
    '{x!r:>',
    '}',
    '\\',
    '\\u12',
    '#',
    '😿',
    '\ud800',
  ],
  ...[
    '(',
    ')',
    '[',
    ']',
    '{',
    '}',
    ':',
    ',',
    ';',
    '.',
    '=',
    '==',
    '+=',
    '**',
    '*',
    '/',
    '->',
    '!',
    '@',
    '`',
    '```\n',
  ],
  ...[
    '\n',
    '\n  ',
    '\n    ',
    '\n\t',
    '\r\n',
    '\r',
    '\0',
    '\uFEFF',
    ' ',
    'try',
    'class ',
    'import ',
    'break',
    'pass',
  ],
];

const texts = fc.oneof(
  fc.array(fc.constantFrom(...PIECES), { maxLength: 60 }).map((pieces) => pieces.join('')),
  fc.string({ unit: 'binary', maxLength: 80 }),
);

function faultsOf(source: string, dialect: Dialect): readonly StarlarkError[] {
  try {
    const names = { isPredeclared: () => false, isUniversal: () => false, names: () => ['xs', 'print'] };
    resolve(parse(source, dialect), { dialect, ...names });
    return [];
  } catch (error) {
    if (error instanceof StarlarkError) return [error, ...error.also];
    throw error;
  }
}

describe('any text', () => {
  for (const [name, dialect] of Object.entries({ open: OPEN_DIALECT, strict: STRICT_DIALECT })) {
    it(`is a script or has faults with places in it: ${name} dialect`, () => {
      fc.assert(
        fc.property(texts, (source) => {
          for (const fault of faultsOf(source, dialect)) {
            expect(fault.code).to.be.oneOf(['script/syntax', 'script/name', 'limit/depth']);
            expect(fault.at).to.be.within(0, source.length);
            expect(fault.message).not.to.contain('\n');
            expect(positionOf(source, fault.at!).line).to.be.above(0);
          }
        }),
        { numRuns: 2000 },
      );
    });
  }
});
