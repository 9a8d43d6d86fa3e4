/** Whatever is written, it is read or refused in order: no other error, no prototype touched, no secret shown. */
import { expect } from 'chai';
import fc from 'fast-check';

import { loadManifest, ManifestError } from '../../../core/manifest/index.js';
import { JsonSyntaxError, readJson } from '../../../core/manifest/json-document.js';

const SECRET = 'hunter2-and-more';
const env = { SECRET, EMPTY: '' };

/** Words that mean something to a manifest, to JavaScript, or to the expansion. */
const word = fc.constantFrom(
  ...[
    'mcpServers',
    'servers',
    'codeMode',
    'plugins',
    'limits',
    'http',
    'optimizer',
    'inputs',
    'use',
    'with',
    'enabled',
    'aggregation',
    'conflicts',
    'priority',
    'prefix',
    'tools',
    'include',
    'overrides',
    'disabledTools',
  ],
  ...[
    'command',
    'url',
    'serverUrl',
    'args',
    'env',
    'headers',
    'type',
    'steps',
    'port',
    'disabled',
    'runtime',
    'path',
  ],
  ...['__proto__', 'constructor', 'prototype', 'toString', 'then', 'length', '', 'a.b', 'é'],
);
const text = fc.constantFrom(
  ...[
    '${SECRET}',
    '${NOPE}',
    '${NOPE:-x}',
    '${',
    '$${SECRET}',
    '${input:x}',
    '${a${SECRET}}',
    'http://x',
    'starlark',
  ],
  ...['stdio', 'sse', `\${SECRET-${SECRET}}`, '/', 'x'.repeat(1_000)],
);
const leaf = fc.oneof(text, fc.boolean(), fc.constant(null), fc.integer(), fc.double());
const { tree } = fc.letrec((tie) => ({
  tree: fc.oneof({ maxDepth: 6 }, leaf, fc.array(tie('tree'), { maxLength: 4 }), tie('object')),
  object: fc.array(fc.tuple(word, tie('tree')), { maxLength: 6 }).map(objectOf),
}));
const manifest = fc.array(fc.tuple(word, tree), { maxLength: 6 }).map(objectOf);

/** Own keys, `__proto__` among them, as a reader of JSON makes them. */
function objectOf(entries: readonly (readonly [string, unknown])[]): object {
  const object = {};
  for (const [key, value] of entries) {
    Object.defineProperty(object, key, { value, enumerable: true, configurable: true, writable: true });
  }
  return object;
}

describe('a hostile manifest', () => {
  it('is loaded, or refused with faults that show no secret', async () => {
    await fc.assert(
      fc.asyncProperty(manifest, async (hostile) => {
        try {
          await loadManifest(hostile, { env });
        } catch (error) {
          if (!(error instanceof ManifestError)) throw error;
          expect(error.faults).to.have.length.greaterThan(0);
          expect(JSON.stringify([error.message, error.also, error.faults])).not.to.contain(SECRET);
        }
      }),
      { numRuns: 1_500 },
    );
    expect(Object.keys(Object.prototype)).to.deep.equal([]);
    expect(({} as Record<string, unknown>).command).to.equal(undefined);
  });

  it('is read as JSON.parse reads it, when it is JSON', () => {
    fc.assert(
      fc.property(fc.json(), (json) => {
        const read = JSON.stringify(readJson(json).value, (_key, part: unknown) =>
          typeof part === 'bigint' ? Number(part) : part,
        );
        expect(read).to.equal(JSON.stringify(JSON.parse(json)));
      }),
      { numRuns: 500 },
    );
  });

  it('is refused with a place within the text, when it is no JSON', () => {
    const soup = fc.array(fc.constantFrom(...Array.from('{}[]",:\\/* \n\t1-e.tfn\uFEFF\u0000😀')), {
      maxLength: 40,
    });
    fc.assert(
      fc.property(soup, (characters) => {
        const text = characters.join('');
        try {
          readJson(text);
        } catch (error) {
          if (!(error instanceof JsonSyntaxError)) throw error;
          const line = text.split(/\r\n|\r|\n/)[error.position.line - 1];
          expect(line).to.be.a('string');
          expect(error.position.column).to.be.within(1, Array.from(line!).length + 1);
        }
      }),
      { numRuns: 3_000 },
    );
  });
});
