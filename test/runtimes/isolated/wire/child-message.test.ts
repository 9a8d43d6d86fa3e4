import { expect } from 'chai';

import { checkedJson, childMessage } from '../../../../runtimes/isolated/wire/child-message.js';
import { FrameError, FrameReader, frameOf } from '../../../../runtimes/isolated/wire/frame.js';

const FAILURE = { code: 'script/runtime', message: 'x' };
const CALL = { type: 'call', id: 1, call: 1, tool: 'a', args: {}, usage: {} };
const RESULT = { type: 'result', id: 1, usage: { steps: 1 }, ok: true, text: '1' };

describe('what a child says', () => {
  for (const message of [
    { type: 'ready' },
    CALL,
    { ...CALL, position: { line: 1, column: 2 } },
    { type: 'find', id: 1, call: 2, text: 'a', limit: 3 },
    { type: 'print', id: 1, lines: ['a', 'b'] },
    { type: 'progress', id: 1, done: 1, total: 2, message: 'half' },
    { type: 'wait', id: 1, waits: true },
    RESULT,
    { ...RESULT, met: 'steps' },
    { ...RESULT, ok: false, error: { ...FAILURE, also: [FAILURE] } },
  ]) {
    it(`is taken as it is: ${JSON.stringify(message).slice(0, 70)}`, () => {
      expect(childMessage(message)).to.equal(message);
    });
  }

  for (const [what, message] of [
    ['no object', 'ready'],
    ['a list', []],
    ['an unknown type', { type: 'constructor' }],
    ['a script without a number', { ...CALL, id: '1' }],
    ['a number below nothing', { ...CALL, call: -1 }],
    ['arguments that are none', { ...CALL, args: [] }],
    ['a call without usage', { ...CALL, usage: undefined }],
    ['a position that is none', { ...CALL, position: { line: 'x', column: 1 } }],
    ['a line that is no text', { type: 'print', id: 1, lines: [1] }],
    ['usage that is no number', { ...RESULT, usage: { steps: 'x' } }],
    ['usage below nothing', { ...RESULT, usage: { steps: -1 } }],
    ['a limit that is none', { ...RESULT, met: 'toString' }],
    ['a made-up code', { ...RESULT, ok: false, error: { code: 'toString', message: '' } }],
    ['a failure within a failure that is none', { ...RESULT, ok: false, error: { ...FAILURE, also: [1] } }],
    ['nesting without end', { ...CALL, args: nested(600) }],
  ] as const) {
    it(`is refused: ${what}`, () => {
      expect(() => childMessage(message)).to.throw(FrameError);
    });
  }

  for (const [what, text] of [
    ['that is no JSON', '{'],
    ['that nests without end', '['.repeat(100_000) + ']'.repeat(100_000)],
  ] as const) {
    it(`is refused: a result ${what}`, () => {
      expect(() => checkedJson(text)).to.throw(FrameError);
    });
  }
});

describe('bytes of a child', () => {
  const read = (bytes: Buffer, step = bytes.length): unknown[] => {
    const messages: unknown[] = [];
    const reader = new FrameReader(
      () => 1_000,
      (message) => messages.push(message),
    );
    for (let at = 0; at < bytes.length; at += step) reader.push(bytes.subarray(at, at + step));
    return messages;
  };

  it('are messages again, however they are cut', () => {
    const messages = [{ a: 'ü\u2028' }, { big: 2n ** 70n, text: '\u0000n1' }, {}];
    const bytes = Buffer.concat(messages.map(frameOf));
    for (const step of [1, 2, 7, bytes.length]) expect(read(bytes, step)).to.deep.equal(messages);
  });

  for (const [what, hex] of [
    ['a length of 4 GiB', 'ffffffff00'],
    ['a length beyond what is allowed', 'e903000000'],
    ['what is no JSON', '0100000000ff'],
    ['a bigint that is none', `0a00000001${Buffer.from('"\\u0000nxx"').toString('hex')}`],
  ] as const) {
    it(`are refused: ${what}`, () => {
      expect(() => read(Buffer.from(hex, 'hex'))).to.throw(FrameError);
    });
  }
});

function nested(levels: number): object {
  return Array.from({ length: levels }).reduce<object>((inner) => ({ a: inner }), {});
}
