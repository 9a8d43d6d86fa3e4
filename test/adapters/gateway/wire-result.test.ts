import { expect } from 'chai';
import { ToolscriptError, type Json, type ToolResult } from '../../../core/index.js';
import { olderResult, wireFailure, wireResult } from '../../../adapters/gateway/wire-result.js';

describe('results on the wire', () => {
  it('stay the very same object when JSON can carry them', () => {
    const result: ToolResult = {
      content: [{ type: 'text', text: 'x' }],
      structuredContent: { a: [1] },
      extra: true,
    };
    expect(wireResult(result)).to.equal(result);
  });

  it('keep every digit of an integer: as a number that holds it, else as text', () => {
    const structuredContent = { exact: 10n ** 20n, ids: [2n ** 53n + 1n, 1, 2n ** 60n] };
    const { content, structuredContent: wired } = wireResult({ content: [], structuredContent });
    expect(wired).to.deep.equal({ exact: 1e20, ids: ['9007199254740993', 1, '1152921504606846976'] });
    expect(content).to.deep.equal([
      {
        type: 'text',
        text: '{"exact":100000000000000000000,"ids":["9007199254740993",1,"1152921504606846976"]}',
      },
    ]);
  });

  it('get a text when there is structured content alone', () => {
    expect(wireResult({ content: [], structuredContent: null }).content).to.deep.equal([
      { type: 'text', text: 'null' },
    ]);
    expect(wireResult({ content: [] })).to.deep.equal({ content: [] });
  });

  it('fail when nested too deep to be written, and do not end the process', () => {
    let deep: Json = 1;
    for (let depth = 0; depth < 50_000; depth += 1) deep = { deep };
    expect(() => wireResult({ content: [], structuredContent: deep })).to.throw('nested deeper than 1000');
  });

  it('keep hostile keys as data', () => {
    const structuredContent = JSON.parse('{"__proto__": {"polluted": true}, "constructor": 1}') as Json;
    const wired = wireResult({ content: [], structuredContent, id: 10n ** 20n });
    expect(JSON.stringify(wired.structuredContent)).to.equal(
      '{"__proto__":{"polluted":true},"constructor":1}',
    );
    expect(({} as { polluted?: boolean }).polluted).to.equal(undefined);
  });
});

describe('results for clients of 2025-11-25 and older', () => {
  const object = { type: 'object' };
  const older = (structuredContent: Json, schema?: { type: string }): Json | undefined =>
    olderResult({ content: [], structuredContent }, schema).structuredContent;

  it('have structured content that is an object', () => {
    expect(older({ a: 1 })).to.deep.equal({ a: 1 });
    expect(older({ a: 1 }, object)).to.deep.equal({ a: 1 });
    expect([older([1]), older(null), older('x', object)]).to.deep.equal([
      { result: [1] },
      { result: null },
      { result: 'x' },
    ]);
  });

  it('fit the schema that the SDK wraps for them', () => {
    expect(older({ a: 1 }, { type: 'array' })).to.deep.equal({ result: { a: 1 } });
    expect(olderResult({ content: [] }, undefined)).to.deep.equal({ content: [] });
  });
});

describe('failures on the wire', () => {
  it('say code and message', () => {
    const error = new ToolscriptError({ code: 'tool/timeout', message: 'call x: no answer in 5 ms' });
    expect(wireFailure(error)).to.deep.equal({
      content: [{ type: 'text', text: 'tool/timeout: call x: no answer in 5 ms' }],
      structuredContent: { error: { code: 'tool/timeout', message: 'call x: no answer in 5 ms' } },
      isError: true,
    });
  });

  it('says when a refused call may be tried again', () => {
    const hint = 'try again after 250 ms';
    const message = 'call a: refused by the policy for now';
    const error = new ToolscriptError({ code: 'limit/refused', message, hint, retryAfterMs: 250 });
    expect(wireFailure(error)).to.deep.equal({
      content: [{ type: 'text', text: `limit/refused: ${message}; ${hint}` }],
      structuredContent: { error: { code: 'limit/refused', message, hint, retryAfterMs: 250 } },
      isError: true,
    });
  });

  it('tell nothing of a fault of our own', () => {
    const result = wireFailure(new TypeError('secrets at /home/somebody'));
    expect(JSON.stringify(result)).to.include('internal: the call failed').and.not.include('somebody');
  });
});
