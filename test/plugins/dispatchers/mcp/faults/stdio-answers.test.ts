import { expect } from 'chai';
import { createMcpDispatcher } from '../../../../../plugins/dispatchers/mcp/index.js';
import type { ToolDispatcher } from '../../../../../core/index.js';
import { puppet } from '../../../../support/backends/index.js';
import { call, failureOf, textOf } from '../calling.js';

const ERAS = ['2025-11-25', '2026-07-28'] as const;
const DONE = '"result":{"resultType":"complete","content":[{"type":"text","text":"done"}]}';
const GOOD = `{"jsonrpc":"2.0","id":$ID,${DONE}}`;
const DEEP = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
const resulting = (result: string): string => `{"jsonrpc":"2.0","id":$ID,"result":${result}}`;

/** What the server writes when it is called, and what becomes of the call. */
interface Row {
  readonly lines: readonly string[];
  /** The text of the result, or the code of the failure. */
  readonly becomes: string;
}

const ROWS: Readonly<Record<string, Row>> = {
  'a result without content': { lines: [resulting('{"resultType":"complete"}')], becomes: 'tool/failed' },
  'content that is an object': {
    lines: [resulting('{"resultType":"complete","content":{"type":"text","text":"x"}}')],
    becomes: 'tool/failed',
  },
  'a block without a type': {
    lines: [resulting('{"resultType":"complete","content":[{"text":"x"}]}')],
    becomes: 'tool/failed',
  },
  'a block that is null': {
    lines: [resulting('{"resultType":"complete","content":[null]}')],
    becomes: 'tool/failed',
  },
  'isError that is a text': {
    lines: [resulting('{"resultType":"complete","content":[],"isError":"yes"}')],
    becomes: 'tool/failed',
  },
  'a result that is null': { lines: [resulting('null')], becomes: 'tool/failed' },
  'a result that is a list': { lines: [resulting('[]')], becomes: 'tool/failed' },
  'a result that is a number': { lines: [resulting('1e999')], becomes: 'tool/failed' },
  'neither result nor error': { lines: ['{"jsonrpc":"2.0","id":$ID}'], becomes: 'tool/failed' },
  'an error that is a text': { lines: ['{"jsonrpc":"2.0","id":$ID,"error":"no"}'], becomes: 'tool/failed' },
  'an error without a code': {
    lines: ['{"jsonrpc":"2.0","id":$ID,"error":{"message":"no"}}'],
    becomes: 'tool/failed',
  },
  'an error whose code is a text': {
    lines: ['{"jsonrpc":"2.0","id":$ID,"error":{"code":"E","message":"no"}}'],
    becomes: 'tool/failed',
  },
  'another version of JSON-RPC': { lines: [`{"jsonrpc":"1.0","id":$ID,${DONE}}`], becomes: 'tool/failed' },
  'both result and error': {
    lines: [`{"jsonrpc":"2.0","id":$ID,${DONE},"error":{"code":1,"message":"no"}}`],
    becomes: 'tool/failed',
  },
  'a result nested without end': {
    lines: [GOOD.replace('"content"', `"structuredContent":{"a":${DEEP}},"content"`)],
    becomes: 'done',
  },
  'two answers': {
    lines: [
      GOOD,
      GOOD.replace('done', 'again'),
      `{"jsonrpc":"2.0","id":$ID,"error":{"code":1,"message":"no"}}`,
    ],
    becomes: 'done',
  },
  'answers that nobody asked for': {
    lines: [
      `{"jsonrpc":"2.0","id":987654,${DONE}}`,
      `{"jsonrpc":"2.0","id":"never","error":{"code":1,"message":"no"}}`,
      `{"jsonrpc":"2.0","id":null,${DONE}}`,
      `{"jsonrpc":"2.0","id":987655,"result":{"a":${DEEP}}}`,
      GOOD,
    ],
    becomes: 'done',
  },
  'requests of its own': {
    lines: [
      '{"jsonrpc":"2.0","id":1,"method":"ping"}',
      '{"jsonrpc":"2.0","id":"x","method":"roots/list"}',
      '{"jsonrpc":"2.0","id":2,"method":"no/such/method","params":{"a":1}}',
      '{"jsonrpc":"2.0","id":3,"method":"sampling/createMessage","params":7}',
      GOOD,
    ],
    becomes: 'done',
  },
  'notifications of its own, known and unknown, well-formed and not': {
    lines: [
      '{"jsonrpc":"2.0","method":"notifications/no_such"}',
      '{"jsonrpc":"2.0","method":"notifications/progress"}',
      '{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":"never","progress":1}}',
      '{"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":"never","progress":"one"}}',
      '{"jsonrpc":"2.0","method":"notifications/cancelled","params":{"requestId":$ID}}',
      '{"jsonrpc":"2.0","method":"notifications/cancelled","params":[]}',
      '{"jsonrpc":"2.0","method":"notifications/tools/list_changed","params":{"x":1}}',
      '{"jsonrpc":"2.0","method":"notifications/message","params":{"level":"shouting","data":null}}',
      `{"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":${DEEP}}}`,
      '{"jsonrpc":"2.0","method":7}',
      '{"method":"notifications/initialized"}',
      GOOD,
    ],
    becomes: 'done',
  },
  'lines that are no message': {
    lines: ['', '\u0000\u0001', 'null', '[]', '"text"', '{', '[{"jsonrpc":"2.0"}]', DEEP, '\ufeff', GOOD],
    becomes: 'done',
  },
  'its id as a text': { lines: [GOOD.replace('$ID', '"$ID"')], becomes: 'done' },
};

for (const era of ERAS) {
  describe(`a server over stdio, ${era}, that answers a call with`, () => {
    let dispatcher: ToolDispatcher & { close(): Promise<void> };

    before(async () => {
      dispatcher = createMcpDispatcher({ servers: { puppet: puppet(era) } });
      await dispatcher.listTools({ id: 'nobody' });
    });

    after(() => dispatcher.close());

    for (const [what, { lines, becomes }] of Object.entries(ROWS)) {
      it(what, async () => {
        const said = call(dispatcher, 'say', { lines: [...lines] });
        if (becomes === 'done') expect(textOf(await said)).to.equal('done');
        else expect(await failureOf(said)).to.include({ code: becomes, tool: 'say' });
        expect(textOf(await call(dispatcher, 'echo', { still: 'there' }))).to.equal('{"still":"there"}');
      });
    }

    it('keys that mean something to JavaScript, which are data', async () => {
      const odd = '{"__proto__":{"isError":true},"constructor":1,"toString":null}';
      const result = resulting(
        `{"resultType":"complete","content":[],"structuredContent":${odd},"__proto__":{"a":1}}`,
      );
      const answer = await call(dispatcher, 'say', { lines: [result] });
      expect(JSON.stringify(answer.structuredContent)).to.equal(odd);
      expect(Object.getPrototypeOf(answer)).to.equal(Object.prototype);
      expect(({} as { a?: number }).a).to.equal(undefined);
      expect(answer.isError).to.equal(undefined);
    });

    it('the answer to another call, and is waited for as long as the caller wants', async () => {
      const lines = [GOOD.replace('$ID', '987654')];
      const waiting = call(dispatcher, 'say', { lines }, { signal: AbortSignal.timeout(50) });
      expect(await failureOf(waiting)).to.include({ code: 'cancelled' });
      expect(textOf(await call(dispatcher, 'echo', {}))).to.equal('{}');
    });
  });
}
