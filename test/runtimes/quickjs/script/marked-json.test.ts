import { expect } from 'chai';
import * as fc from 'fast-check';
import type { Json } from '../../../../core/index.js';
import { fromGuest, guestJson, guestText } from '../../../../runtimes/quickjs/script/marked-json.js';

const MARK = '0f8fad5b-d9cb-469f-a165-70867728950e:';

/** As the guest program reads. */
const read = ({ form, text }: { form: string; text: string }): Json => {
  if (form === 'text') return text;
  try {
    return JSON.parse(text, (_key, value: Json) =>
      form === 'marked' && typeof value === 'string' && value.startsWith(MARK)
        ? BigInt(value.slice(MARK.length))
        : value,
    ) as Json;
  } catch {
    return text;
  }
};

const json = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { depthSize: 'small' },
    fc.constant(null),
    fc.boolean(),
    fc.string(),
    fc.integer(),
    fc
      .double({ noNaN: true, noDefaultInfinity: true })
      .map((number) => (Number.isInteger(number) ? number % 1e6 || 0 : number)),
    fc.bigInt({ min: 2n ** 54n, max: 2n ** 80n }),
    fc.array(tie('json')),
    fc.dictionary(fc.oneof(fc.string(), fc.constant('__proto__')), tie('json'), { noNullPrototype: true }),
  ),
})).json;

const digits = (value: Json): string =>
  JSON.stringify(value, (_key, item: unknown) => (typeof item === 'bigint' ? `${String(item)}n` : item));

describe('JSON with integers behind marks', () => {
  it('keeps every value on its way to a script, and back', () => {
    fc.assert(
      fc.property(json, (value) => {
        const sent = guestJson(value, MARK);
        expect(digits(read(sent))).to.equal(digits(value));
        expect(digits(fromGuest(sent.text, MARK).value)).to.equal(digits(value));
      }),
    );
  });

  it('reads text that is JSON with all its digits, and any other as it is', () => {
    fc.assert(
      fc.property(json, (value) => {
        const { text } = fromGuest(guestJson(value, MARK).text, MARK);
        const told = read(guestText(text, MARK));
        expect(typeof value === 'string' ? told : digits(told)).to.equal(
          typeof value === 'string' ? value : digits(value),
        );
      }),
    );
    for (const text of ['', 'plain', '{', '[1', '12 apples', 'nullable', '-', '"a" b']) {
      expect(read(guestText(text, MARK))).to.equal(text);
    }
  });

  it('leaves integers in strings and numbers with a point alone', () => {
    const text = '{"a":"12345678901234567890","b":1234567890.5,"c":1e30,"d":[12345678901234567890]}';
    expect(read(guestText(text, MARK))).to.deep.equal({
      a: '12345678901234567890',
      b: 1234567890.5,
      c: 1e30,
      d: [12345678901234567890n],
    });
  });
});
