import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { createStarlarkRuntime } from '../../adapters/library/index.js';
import { ToolCatalog } from '../../core/index.js';
import type { JsonObject } from '../../core/index.js';

const page = readFileSync(
  fileURLToPath(new URL('../../docs/reference/signatures.md', import.meta.url)),
  'utf8',
);

/** The rows of a table whose first column is a schema. */
const rows = [...page.matchAll(/^\| `(\{.*\})` +\| `(.*)` +\|$/gm)].filter(([, schema]) => isJson(schema!));

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function signature(inputSchema: JsonObject, maxLength?: number): string {
  const runtime = createStarlarkRuntime();
  const catalog = new ToolCatalog([{ name: 't', inputSchema }], runtime.reservedNames);
  return runtime.signature(catalog.byName('t')!, maxLength);
}

describe('the page on signatures', () => {
  it('has rows', () => expect(rows.length).to.be.greaterThan(15));

  for (const [, schema, text] of rows) {
    it(`writes ${schema!} as it says`, () => {
      const properties = { p: JSON.parse(schema!) as JsonObject };
      expect(signature({ type: 'object', properties, required: ['p'] })).to.equal(
        `t(p: ${text!.replaceAll('\\|', '|')})`,
      );
    });
  }

  it('says less with little room as it says', () => {
    const user = { type: 'object', properties: { login: { type: 'string' } }, required: ['login'] };
    const p = {
      type: 'object',
      properties: { id: { type: 'integer' }, title: { type: 'string' }, user },
      required: ['id', 'title', 'user'],
    };
    const schema = { type: 'object', properties: { p }, required: ['p'] };
    const steps = [60, 45, 30, 15].map((room) => signature(schema, room).slice('t(p: '.length, -1));
    expect(steps).to.deep.equal([
      '{id: int, title: str, user: {login: str}}',
      '{id: int, title: str, user: {…}}',
      '{id, title, user}',
      '{…}',
    ]);
    for (const step of steps) expect(page).to.include(`\`${step}\``);
  });
});
