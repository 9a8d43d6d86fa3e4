import { expect } from 'chai';
import type { Json, ToolReply, ToolResult } from '../../core/index.js';
import { ToolscriptError } from '../../core/index.js';
import { checkToolResult, toReply } from '../../core/tool-result.js';

const LIMIT = 10_000;

function reply(result: unknown, limit = LIMIT): ToolReply {
  checkToolResult('t', result);
  return toReply('t', result, limit);
}

function fault(result: unknown, limit = LIMIT): ToolscriptError {
  try {
    reply(result, limit);
  } catch (thrown) {
    expect(thrown).to.be.instanceOf(ToolscriptError);
    expect(thrown).to.include({ code: 'tool/failed', tool: 't' });
    return thrown as ToolscriptError;
  }
  throw new Error('no fault');
}

const text = (value: string): Json => ({ type: 'text', text: value });
const image = { type: 'image', data: 'AAAA', mimeType: 'image/png' };

describe('tool result', () => {
  const replies: [name: string, result: Partial<ToolResult>, reply: ToolReply][] = [
    [
      'structured content before text',
      { content: [text('x') as never], structuredContent: { a: 1 } },
      { json: { a: 1 } },
    ],
    ['a wrapped value unwrapped', { content: [], structuredContent: { result: [1] } }, { json: [1] }],
    [
      'a result among others as it is',
      { content: [], structuredContent: { result: 1, more: 2 } },
      { json: { result: 1, more: 2 } },
    ],
    ['structured content that is a list', { content: [], structuredContent: [1, 2] }, { json: [1, 2] }],
    [
      'other content beside structured content',
      { content: [text('x') as never, image], structuredContent: { a: 1 } },
      { json: { a: 1 }, content: [image] },
    ],
    ['text as text', { content: [text('{"a": 1}') as never] }, { text: '{"a": 1}' }],
    ['texts by lines', { content: [text('a') as never, text('b') as never] }, { text: 'a\nb' }],
    ['nothing as null', { content: [] }, { json: null }],
    [
      'null structured content as none',
      { content: [text('x') as never], structuredContent: null },
      { text: 'x' },
    ],
    ['other content as blocks', { content: [image] }, { json: { content: [image] }, content: [image] }],
    [
      'other content with text',
      { content: [text('see') as never, image] },
      { json: { text: 'see', content: [image] }, content: [image] },
    ],
    [
      'unknown kinds of blocks',
      { content: [{ type: 'hologram', x: 1 }] },
      { json: { content: [{ type: 'hologram', x: 1 }] }, content: [{ type: 'hologram', x: 1 }] },
    ],
  ];
  for (const [name, result, expected] of replies) {
    it(`takes ${name}`, () => {
      expect(reply(result)).to.deep.equal(expected);
    });
  }

  it('keeps digits and keys as they are', () => {
    const structuredContent = JSON.parse('{"__proto__": {"x": 1}, "constructor": 2}') as Json;
    const { json } = reply({ content: [], structuredContent }) as { json: object };
    expect(Object.keys(json)).to.deep.equal(['__proto__', 'constructor']);
    expect(reply({ content: [], structuredContent: { result: 2n ** 64n } })).to.deep.equal({
      json: 2n ** 64n,
    });
  });

  it("says the tool's own words when it failed", () => {
    expect(fault({ isError: true, content: [text('no such file: a.txt')] }).message).to.equal(
      'no such file: a.txt',
    );
    expect(fault({ isError: true, content: [text('a'), image, text('b')] }).message).to.equal('a\nb');
    expect(fault({ isError: true, content: [] }).message).to.equal(
      'call t: the tool failed and did not say why',
    );
    expect(fault({ isError: true, content: [text('x'.repeat(50_000_000))] }).message).to.have.length(4_000);
  });

  const nonsense: [name: string, result: unknown, met: string][] = [
    ['nothing', undefined, 'nothing'],
    ['null', null, 'null'],
    ['text', 'x', 'a string'],
    ['a list', [], 'an array'],
    ['no content', {}, 'content is nothing, want an array'],
    ['content that is text', { content: 'x' }, 'content is a string, want an array'],
    ['a block that is null', { content: [null] }, 'content[0] is no content block'],
    ['a block without a type', { content: [text('x'), { text: 'x' }] }, 'content[1] is no content block'],
    ['a text block without text', { content: [{ type: 'text' }] }, 'content[0] is no content block'],
    ['NaN', { content: [], structuredContent: { n: Number.NaN } }, 'NaN at .n'],
    ['a function', { content: [], structuredContent: { f: () => 1 } }, 'a function at .f'],
    [
      'a trap',
      {
        get content() {
          throw new Error('no');
        },
      },
      'a value that cannot be read',
    ],
  ];
  for (const [name, result, met] of nonsense) {
    it(`refuses ${name}`, () => {
      expect(fault(result).message).to.equal(`call t: the tool answered nonsense: ${met}`);
    });
  }

  it('refuses what throws when it is read', () => {
    for (const field of ['isError', 'structuredContent']) {
      const trap = Object.defineProperty({ content: [] }, field, {
        get() {
          throw new Error('trap');
        },
      });
      expect(fault(trap).message).to.equal('call t: the tool answered nonsense: a value that cannot be read');
    }
  });

  it('refuses cycles and depth', () => {
    const cycle: Record<string, unknown> = {};
    cycle.self = cycle;
    expect(fault({ content: [], structuredContent: cycle }, 1e6).message).to.match(
      /nested more than 500 deep/,
    );
  });

  it('refuses what is larger than one value may be, however it is sent', () => {
    const huge = 'x'.repeat(LIMIT);
    for (const result of [
      { content: [text(`${huge}x`)] },
      { content: [text(huge), text('')] },
      { content: [], structuredContent: { huge } },
      { content: [{ ...image, data: huge }] },
    ]) {
      expect(fault(result)).to.include({
        message: 'call t: the tool answered more than the 10000 bytes that one value may have',
      });
    }
    expect(reply({ content: [text(huge)] })).to.deep.equal({ text: huge });
  });
});
