import { expect } from 'chai';
import fc from 'fast-check';
import { receivedJson, sentJson, sentText } from '../../../../runtimes/monty/script/json-text.js';
import type { Json } from '../../../../core/index.js';

describe('the JSON text of a sandbox', () => {
  it('keeps integers of any length', () => {
    const value = { a: [12345678901234567890n, -1n, 1.5, '12345678901234567890'] };
    expect(sentJson(value)).to.equal('{"a":[12345678901234567890,-1,1.5,"12345678901234567890"]}');
    expect(receivedJson(sentJson({ a: [2n ** 70n, 3] }))).to.deep.equal({ a: [2n ** 70n, 3] });
  });

  it('puts a sign in place of half signs', () => {
    expect(sentJson('\ud800')).to.equal('"\\ufffd"');
    expect(sentText('["\\\\ud800", "\\ud83d\\ude00", "\\udc00x"]')).to.equal(
      '["\\\\ud800", "\\ud83d\\ude00", "\\ufffdx"]',
    );
  });

  it('takes a text for JSON where it is', () => {
    expect(sentText('{"a":1.0}')).to.equal('{"a":1.0}');
    expect(sentText('{a}')).to.equal('"{a}"');
    expect(sentText('null and void')).to.equal('"null and void"');
  });

  it('goes there and back', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (value) => {
        expect(sentJson(receivedJson(sentJson(value as Json)))).to.equal(JSON.stringify(value));
      }),
    );
  });
});
