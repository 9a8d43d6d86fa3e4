import { expect } from 'chai';
import type { JsonObject } from '../../../../../core/index.js';
import {
  headerParameters,
  parameterHeaders,
} from '../../../../../plugins/dispatchers/mcp/listing/header-parameters.js';

const marked = (name: unknown, type = 'string'): JsonObject => ({ type, 'x-mcp-header': name }) as JsonObject;
const schema = (properties: JsonObject, rest: JsonObject = {}): JsonObject => ({
  type: 'object',
  properties,
  ...rest,
});

describe('parameters that are repeated in headers', () => {
  it('are those that the schema marks, at any depth', () => {
    const inner = schema({ zone: marked('Zone', 'integer') });
    expect(
      headerParameters(schema({ region: marked('Region'), deep: inner, other: { type: 'string' } })),
    ).to.deep.equal([
      { path: ['region'], name: 'Region' },
      { path: ['deep', 'zone'], name: 'Zone' },
    ]);
    expect(headerParameters(schema({ 'x-mcp-header': { type: 'string' } }))).to.deep.equal([]);
    expect(headerParameters(schema({ a: { type: 'string', default: marked('X') } }))).to.deep.equal([]);
  });

  it('make a tool unusable when they are marked wrongly', () => {
    const faults: [JsonObject, RegExp][] = [
      [schema({ a: marked('') }), /"x-mcp-header" of a is no name of a header/],
      [schema({ a: marked('Two words') }), /no name of a header/],
      [schema({ a: marked('Grüße') }), /no name of a header/],
      [schema({ a: marked('Line\r\nBreak') }), /no name of a header/],
      [schema({ a: marked(7) }), /no name of a header/],
      [schema({ a: marked('A', 'number') }), /neither a string nor an integer nor a boolean/],
      [schema({ a: marked('A', 'object') }), /neither a string/],
      [schema({ a: marked('A'), b: marked('a') }), /two parameters want the same header/],
      [schema({ a: { type: 'array', items: marked('A') } }), /stands where no parameter is/],
      [schema({}, { anyOf: [schema({ a: marked('A') })] }), /stands where no parameter is/],
      [schema({}, { $defs: { a: marked('A') } }), /stands where no parameter is/],
      [{ ...schema({}), 'x-mcp-header': 'A' }, /stands where no parameter is/],
    ];
    for (const [wrong, words] of faults)
      expect(headerParameters(wrong), JSON.stringify(wrong)).to.match(words);
  });

  it('go as they are where a header can carry them, else encoded', () => {
    const value = (text: unknown): string | undefined =>
      parameterHeaders([{ path: ['a', 'b'], name: 'X' }], { a: { b: text } } as JsonObject)['Mcp-Param-X'];
    expect(value('eu-west 1')).to.equal('eu-west 1');
    expect(value(42)).to.equal('42');
    expect(value(false)).to.equal('false');
    expect(value(' padded')).to.equal('=?base64?IHBhZGRlZA==?=');
    expect(value('a\r\nEvil: 1')).to.equal('=?base64?YQ0KRXZpbDogMQ==?=');
    expect(value('日本')).to.equal('=?base64?5pel5pys?=');
    expect(value('=?base64?eA==?=')).to.match(/^=\?base64\?PT9i/);
    expect(value('')).to.equal('=?base64??=');
    for (const absent of [null, undefined, 1.5, [], {}]) expect(value(absent)).to.equal(undefined);
    expect(parameterHeaders([{ path: ['a'], name: 'X' }], {})).to.deep.equal({});
  });
});
