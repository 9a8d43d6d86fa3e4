import { gzipSync } from 'node:zlib';
import { expect } from 'chai';
import { createMcpDispatcher } from '../../../../../plugins/dispatchers/mcp/index.js';
import type { ToolDispatcher } from '../../../../../core/index.js';
import { puppetHttp, type PuppetHttp, type Said } from '../../../../support/backends/puppet-http.js';
import { until } from '../../../../support/test-tools.js';
import { call, failureOf, textOf } from '../calling.js';

const RESULT = '"result":{"resultType":"complete","content":[{"type":"text","text":"done"}]}';
const GOOD = `{"jsonrpc":"2.0","id":$ID,${RESULT}}`;
const OTHER = `{"jsonrpc":"2.0","id":987654,${RESULT}}`;
const DEEP = `${'['.repeat(200_000)}${']'.repeat(200_000)}`;
const EVENTS = { 'content-type': 'text/event-stream' };
const HTML = { 'content-type': 'text/html' };

/** What the server answers, and what becomes of the call: the text of the result, or code and end of the message. */
interface Row extends Said {
  readonly becomes: string;
}

const LOST = 'backend/unavailable: the connection to server "web" was lost';
const status = (code: number): string =>
  `backend/unavailable: server "web" answered with HTTP status ${code}`;
const refused = (code: number): string => `tool/failed: the server refused the request (HTTP status ${code})`;
const UNUSABLE =
  'tool/failed: the server answered with something that is not a JSON-RPC response to the request';

const ROWS: Readonly<Record<string, Row>> = {
  'status 400': { status: 400, parts: ['no'], becomes: refused(400) },
  'status 400 and an error for another request': {
    status: 400,
    parts: ['{"jsonrpc":"2.0","id":987654,"error":{"code":-32020,"message":"no"}}'],
    becomes: refused(400),
  },
  'status 400 and an error for this one': {
    status: 400,
    parts: ['{"jsonrpc":"2.0","id":$ID,"error":{"code":-32020,"message":"the headers differ"}}'],
    becomes: 'tool/failed: the headers differ',
  },
  'status 413': { status: 413, becomes: refused(413) },
  'status 429 and a page': {
    status: 429,
    headers: { ...HTML, 'retry-after': '60' },
    parts: ['<h1>'],
    becomes: refused(429),
  },
  'status 500 and a page without end': {
    status: 500,
    headers: HTML,
    parts: Array.from({ length: 50 }, () => 'x'.repeat(100_000)),
    becomes: status(500),
  },
  'status 502 and a page': {
    status: 502,
    headers: HTML,
    parts: ['<html>Bad Gateway</html>'],
    becomes: status(502),
  },
  'status 503': { status: 503, becomes: status(503) },
  'status 202, which is for notifications': {
    status: 202,
    headers: { 'content-type': 'text/plain' },
    becomes: 'tool/failed: the server answered with HTTP status 202 and no JSON',
  },
  'status 204': {
    status: 204,
    headers: { 'content-type': '' },
    becomes: 'tool/failed: the server answered with HTTP status 204 and no JSON',
  },
  'a page': {
    headers: HTML,
    parts: ['<html>'],
    becomes: 'tool/failed: the server answered with HTTP status 200 and no JSON',
  },
  'a redirect to another server': {
    status: 307,
    headers: { location: 'http://127.0.0.1:9/mcp' },
    becomes: refused(307),
  },
  'no JSON': {
    parts: ['{"jsonrpc":'],
    becomes: 'tool/failed: the server answered with something that is no result',
  },
  nothing: { becomes: 'tool/failed: the server answered with something that is no result' },
  'packed JSON, which nobody asked for': {
    headers: { 'content-encoding': 'gzip' },
    parts: [gzipSync(GOOD).toString('latin1')],
    becomes: 'tool/failed: the server answered with something that is no result',
  },
  'the answer to another request': { parts: [OTHER], becomes: UNUSABLE },
  'a deep answer to another request': {
    parts: [`{"jsonrpc":"2.0","id":987654,"result":{"a":${DEEP}}}`],
    becomes: UNUSABLE,
  },
  'many answers, one of them to this request': { parts: [`[${OTHER},${GOOD},${GOOD}]`], becomes: 'done' },
  'an answer in pieces': { parts: [GOOD.slice(0, 20), GOOD.slice(20, 40), GOOD.slice(40)], becomes: 'done' },
  'half an answer, cut': { parts: [GOOD.slice(0, 20)], then: 'cut', becomes: LOST },
  'a cut connection': { parts: [], then: 'cut', becomes: LOST },
  'an event': { headers: EVENTS, parts: [`data: ${GOOD}\n\n`], becomes: 'done' },
  'an event in pieces, after others of every kind': {
    headers: EVENTS,
    parts: [
      ': a comment\n\nevent: ping\ndata: 1\n\ndata\n\nid\nretry: 10\n\ndata: {"half":\n\n',
      `data: ${OTHER}\r\n\r\nnonsense\n\ndata:${GOOD.slice(0, 30)}`,
      `${GOOD.slice(30)}\r\n\r`,
      '\n',
    ],
    becomes: 'done',
  },
  'an event over several lines': {
    headers: EVENTS,
    parts: [
      `event: message\n${GOOD.split(',')
        .map((line) => `data: ${line}`)
        .join(',\n')}\n\n`,
    ],
    becomes: 'done',
  },
  'two events for one request': {
    headers: EVENTS,
    parts: [`data: ${GOOD}\n\ndata: ${GOOD.replace('done', 'again')}\n\n`],
    becomes: 'done',
  },
  'the answer in a stream that stays open': {
    headers: EVENTS,
    parts: [`data: ${GOOD}\n\n`],
    then: 'hang',
    becomes: 'done',
  },
  'the answer in a stream that is cut afterwards': {
    headers: EVENTS,
    parts: [`data: ${GOOD}\n\n`],
    then: 'cut',
    becomes: 'done',
  },
  'events that are no answer': {
    headers: EVENTS,
    parts: [`data: ${OTHER}\n\n`, 'data: nonsense\n\n'],
    becomes: LOST,
  },
  'half an event': { headers: EVENTS, parts: [`data: ${GOOD}`], becomes: LOST },
  'half an event, cut': {
    headers: EVENTS,
    parts: [`data: ${GOOD.slice(0, 20)}`],
    then: 'cut',
    becomes: LOST,
  },
  'questions, notices, and then the answer': {
    headers: EVENTS,
    parts: [
      'data: {"jsonrpc":"2.0","id":1,"method":"no/such/method"}\n\n',
      'data: {"jsonrpc":"2.0","method":"notifications/progress","params":{"progressToken":"never","progress":1}}\n\n',
      `data: {"jsonrpc":"2.0","method":"notifications/message","params":{"level":"info","data":${DEEP}}}\n\n`,
      `data: ${GOOD}\n\n`,
    ],
    becomes: 'done',
  },
  'a stream that asks to be taken up again': {
    headers: EVENTS,
    parts: ['retry: 1\nid: before-$ID\ndata: \n\n'],
    becomes: 'taken up',
  },
  'a stream that is cut and can be taken up again': {
    headers: EVENTS,
    parts: ['retry: 1\nid: before-$ID\ndata: \n\n', 'data: {"jso'],
    then: 'cut',
    becomes: 'taken up',
  },
};

for (const era of ['2025-11-25', '2026-07-28'] as const) {
  describe(`a server over HTTP, ${era}, that answers a call with`, () => {
    let server: PuppetHttp;
    let dispatcher: ToolDispatcher & { close(): Promise<void> };

    before(async () => {
      server = await puppetHttp(era);
      dispatcher = createMcpDispatcher({ servers: { web: { url: server.url } } });
      await dispatcher.listTools({ id: 'nobody' });
    });

    after(() => Promise.all([dispatcher.close(), server.close()]));

    for (const [what, { becomes, ...said }] of Object.entries(ROWS)) {
      it(what, async () => {
        const calling = call(dispatcher, 'say', JSON.parse(JSON.stringify(said)) as Record<string, never>);
        if (/^(done|taken up)$/.test(becomes)) expect(textOf(await calling)).to.equal(becomes);
        else {
          const { code, message } = await failureOf(calling);
          expect(`${code}: ${message.replace(/^call say: /, '')}`).to.equal(becomes);
        }
        expect(textOf(await call(dispatcher, 'echo', { still: 'there' }))).to.equal('{"still":"there"}');
        expect(dispatcher.backends?.()[0]?.up).to.equal(true);
      });
    }

    it('nothing, and is left when the caller leaves', async () => {
      const before = server.left.length;
      const leaving = new AbortController();
      const waiting = failureOf(call(dispatcher, 'hang', {}, { signal: leaving.signal }));
      await until(() => server.asked.at(-1)?.params?.name === 'hang');
      const hung = server.asked.at(-1)?.id;
      leaving.abort();
      expect(await waiting).to.include({ code: 'cancelled' });
      await until(() => server.left.length > before);
      expect(server.left.at(-1)).to.equal(hung);
      const told = server.asked.filter(({ method }) => method === 'notifications/cancelled');
      expect(told.some(({ params }) => params?.requestId === hung)).to.equal(era === '2025-11-25');
    });

    it('many calls over few connections', async () => {
      for (let index = 0; index < 30; index += 1) await call(dispatcher, 'echo', { index });
      const standing = server.sockets.size;
      for (let index = 0; index < 30; index += 1) await call(dispatcher, 'echo', { index });
      expect(server.sockets.size).to.be.at.most(standing);
    });
  });
}
