import { readFileSync } from 'node:fs';

import { Ajv2020 } from 'ajv/dist/2020.js';
import { expect } from 'chai';

import { manifestSchema } from '../../../core/manifest/index.js';

const published: unknown = JSON.parse(
  readFileSync(new URL('../../../manifest.schema.json', import.meta.url), 'utf8'),
);

describe('manifest.schema.json', () => {
  it('is current (npm run schema writes it)', () => {
    expect(published).to.deep.equal(JSON.parse(JSON.stringify(manifestSchema())));
  });

  const ajv = new Ajv2020({ strict: true, allowUnionTypes: true });
  const judge = ajv.compile(published as object);

  it('lets an editor accept what is valid, variables included', () => {
    expect(
      judge({
        $schema: 'x',
        mcpServers: {
          a: { command: 'npx', args: ['${A}'], env: { B: '${env:B}' } },
          b: { type: 'http', url: '${URL}/mcp', headers: { C: '${C}' } },
        },
        codeMode: { enabled: true, runtime: 'starlark', limits: { steps: 5 } },
        plugins: [{ use: './x.js', with: { any: ['thing'] } }],
      }),
      JSON.stringify(judge.errors),
    ).to.equal(true);
    expect(judge({})).to.equal(true);
  });

  it('lets an editor accept a variable where a number or a truth value may stand, and no other text', () => {
    const manifest = (port: unknown, enabled: unknown, steps: unknown): object => ({
      mcpServers: { a: { url: 'http://x', disabled: enabled, connectTimeoutMs: steps } },
      codeMode: { enabled, limits: { steps } },
      http: { port },
    });
    expect(judge(manifest('${PORT}', '${ON:-true}', '${env:STEPS}')), JSON.stringify(judge.errors)).to.equal(
      true,
    );
    expect(judge(manifest(80, true, 5))).to.equal(true);
    expect(judge(manifest('80', true, 5))).to.equal(false);
    expect(judge(manifest(80, 'yes', 5))).to.equal(false);
    expect(judge(manifest(80, true, 'x${STEPS}'))).to.equal(false);
    expect(judge(manifest(99_999, true, 5))).to.equal(false);
  });

  it('lets an editor accept rules for names, and mark what is wrong in them', () => {
    const manifest = (tools: unknown, aggregation: object): object => ({
      mcpServers: { a: { command: 'x', prefix: '', tools }, b: { url: 'http://x', tools } },
      aggregation,
    });
    const overrides = { x: { name: 'y', annotations: { readOnlyHint: '${SAFE}' } } };
    const rules = { conflicts: 'priority', prefix: 'always', format: '{server}.', priority: ['a'] };
    expect(
      judge(manifest({ include: ['*'], exclude: [], overrides }, rules)),
      JSON.stringify(judge.errors),
    ).to.equal(true);
    expect(judge(manifest(['*'], {}))).to.equal(true);
    expect(judge(manifest({ includes: ['*'] }, {}))).to.equal(false);
    expect(judge(manifest({ overrides: { x: { nam: 'y' } } }, {}))).to.equal(false);
    expect(judge(manifest([], { conflicts: 'first' }))).to.equal(false);
  });

  it('lets an editor mark a misspelt key and a value out of range', () => {
    expect(judge({ codeMod: {} })).to.equal(false);
    expect(judge({ codeMode: { limits: { steps: 0 } } })).to.equal(false);
    expect(judge({ mcpServers: { a: { comand: 'x' } } })).to.equal(false);
  });

  it('describes every key that can be written', () => {
    const bare: string[] = [];
    const { $defs = {} } = published as { $defs?: object };
    const stack: [path: string, schema: unknown][] = [['', published], ...Object.entries($defs)];
    for (let next = stack.pop(); next !== undefined; next = stack.pop()) {
      const [path, schema] = next;
      if (typeof schema !== 'object' || schema === null) continue;
      const { properties = {}, anyOf = [], items, additionalProperties } = schema as Record<string, object>;
      for (const [key, property] of Object.entries(properties)) {
        if (!('description' in property)) bare.push(`${path}.${key}`);
        stack.push([`${path}.${key}`, property]);
      }
      for (const part of [...Object.values(anyOf), items, additionalProperties]) stack.push([path, part]);
    }
    expect(bare).to.deep.equal([]);
  });
});
