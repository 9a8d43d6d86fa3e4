import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect } from 'chai';
import { createCodeMode, ToolscriptError } from '../../../../core/index.js';
import type { TelemetryEvent, ToolDefinition, ToolIndex } from '../../../../core/index.js';
import plugin, {
  createEmbeddingsIndex,
  type EmbeddingsSettings,
} from '../../../../plugins/indexes/embeddings/index.js';
import { createWordsIndex } from '../../../../plugins/indexes/words/index.js';
import { HandClock } from '../../../support/hand-clock.js';
import { createPlanRuntime } from '../../../support/plan-runtime.js';
import { answering, definition, textResult } from '../../../support/test-tools.js';

const { signal } = new AbortController();
const KEY = 'sk-very-secret';

interface Asked {
  readonly path: string;
  readonly headers: IncomingMessage['headers'];
  readonly texts: readonly string[];
  readonly body: Record<string, unknown>;
}

/** Texts about the same subject have the same direction: that is all a model knows here. */
const SUBJECTS = [/rain|weather|umbrella/i, /mail|letter|post/i, /money|invoice|pay/i];
const meaning = (text: string): number[] => [...SUBJECTS.map((subject) => (subject.test(text) ? 3 : 0)), 0.1];

const openAi = (texts: readonly string[]): unknown => ({
  data: texts.map((text, index) => ({ index, embedding: meaning(text) })).reverse(),
});
const tei = (texts: readonly string[]): unknown => texts.map(meaning);

const TOOLS: readonly ToolDefinition[] = [
  definition('forecast', { description: 'Tells the weather' }),
  definition('courier', { title: 'Letters' }),
  definition('ledger', {
    description: 'Books',
    inputSchema: { type: 'object', properties: { invoice: {} } },
  }),
];

describe('index by embeddings', () => {
  let server: Server;
  let service: string;
  let asked: Asked[];
  let clock: HandClock;
  let index: ToolIndex;
  /** What the service does; by default it answers in either language. */
  let answer: (asked: Asked, response: ServerResponse) => void;

  const json = (response: ServerResponse, value: unknown, status = 200): void =>
    void response.writeHead(status, { 'Content-Type': 'application/json' }).end(JSON.stringify(value));

  before(async () => {
    server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk: Buffer) => chunks.push(chunk));
      request.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        const body = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>;
        const texts = (body['input'] ?? body['inputs'] ?? []) as string[];
        const one: Asked = { path: request.url!, headers: request.headers, texts, body };
        asked.push(one);
        answer(one, response);
      });
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    service = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });

  after(() => {
    server.closeAllConnections();
    server.close();
  });

  beforeEach(() => {
    asked = [];
    clock = new HandClock();
    answer = ({ path, texts }, response) => {
      if (path.endsWith('/info')) json(response, { max_client_batch_size: 2 });
      else json(response, path.includes('/embeddings') ? openAi(texts) : tei(texts));
    };
  });
  afterEach(() => index.close?.());

  function open(settings: Partial<EmbeddingsSettings> = {}): void {
    index = createEmbeddingsIndex({ service, maxDistance: 0.9, ...settings }, clock);
  }

  async function found(text: string, tools = TOOLS, limit = 10): Promise<string[]> {
    const ranking = await index.search(tools, { text, limit }, signal);
    return ranking.map(({ name }) => name);
  }

  async function failure(text = 'umbrella', tools = TOOLS): Promise<string> {
    try {
      return `found ${(await found(text, tools)).join()}`;
    } catch (error) {
      expect(error).to.be.instanceOf(ToolscriptError).with.property('code', 'backend/unavailable');
      return (error as ToolscriptError).message;
    }
  }

  const embedded = (): readonly string[] => asked.flatMap(({ texts }) => texts);

  describe('of a service that speaks as OpenAI', () => {
    const OPENAI = { provider: 'openai', model: 'small' } as const;

    it('finds by meaning, the nearest first', async () => {
      open({ ...OPENAI, maxDistance: 2 });
      expect((await found('shall I take an umbrella'))[0]).to.equal('forecast');
      expect((await found('pay', TOOLS, 1))[0]).to.equal('ledger');
    });

    it('is told the model, the dimensions, the key and the headers', async () => {
      open({
        ...OPENAI,
        service: `${service}/v1?v=2`,
        dimensions: 4,
        apiKey: KEY,
        headers: { 'X-Team': 'a' },
      });
      await found('umbrella');
      expect(asked[0]!.path).to.equal('/v1/embeddings?v=2');
      expect(asked[0]!.body).to.deep.equal({
        model: 'small',
        input: ['umbrella'],
        encoding_format: 'float',
        dimensions: 4,
      });
      expect(asked[0]!.headers).to.include({ authorization: `Bearer ${KEY}`, 'x-team': 'a' });
    });

    it('is sent many texts in batches', async () => {
      open({ ...OPENAI, batchSize: 2 });
      await found('umbrella');
      expect(asked.map(({ texts }) => texts.length)).to.deep.equal([1, 2, 1]);
    });
  });

  describe('of Text Embeddings Inference', () => {
    it('finds by meaning, in batches of the size that the service names', async () => {
      open();
      expect(await found('umbrella')).to.deep.equal(['forecast']);
      expect(asked.map(({ path }) => path)).to.deep.equal(['/embed', '/info', '/embed', '/embed']);
      expect(asked[0]!.body).to.deep.equal({ inputs: ['umbrella'], truncate: true });
    });

    it('is sent batches of 32 when it names no size', async () => {
      answer = ({ path, texts }, response) =>
        json(response, path === '/info' ? { max_client_batch_size: 'x' } : tei(texts));
      open();
      const tools = Array.from({ length: 40 }, (_, place) => definition(`tool${String(place)}`));
      await found('umbrella', tools);
      expect(asked.map(({ texts }) => texts.length)).to.deep.equal([1, 0, 32, 8]);
    });
  });

  it('sends name, title, description and parameters, cut, and nothing else', async () => {
    open();
    const tool = definition('a', {
      title: 'B',
      description: `c\u0000\ud800${'d'.repeat(9_000)}`,
      inputSchema: { type: 'object', properties: { e: { description: 'f', enum: ['g'] } } },
      annotations: { title: 'h' },
      _meta: { i: 'j' },
    });
    await found('umbrella', [tool]);
    expect(embedded()).to.deep.equal(['umbrella', `a\nB\nc ${'d'.repeat(1_497)}\ne: f`]);
  });

  it('asks nothing before the first search, and nothing for a query without words', async () => {
    open();
    expect(await found(' \u0000 ')).to.deep.equal([]);
    expect(await found('umbrella', [])).to.deep.equal([]);
    expect(asked).to.deep.equal([]);
  });

  it('asks for each text once, whatever lists it is in, also at the same time', async () => {
    open();
    await Promise.all([found('umbrella'), found('umbrella'), found('umbrella', TOOLS.slice(1))]);
    await found('umbrella', [...TOOLS.map((tool) => ({ ...tool })), definition('mailman')]);
    expect([...embedded()].sort()).to.deep.equal(
      [
        'umbrella',
        'forecast\nTells the weather',
        'courier\nLetters',
        'ledger\nBooks\ninvoice',
        'mailman',
      ].sort(),
    );
  });

  it('keeps so many vectors of tools that are gone', async () => {
    open({ maxVectors: 1 });
    await found('umbrella');
    asked = [];
    await found(
      'umbrella',
      TOOLS.map((tool) => ({ ...tool })),
    );
    expect(embedded()).to.have.length(2);
  });

  it('leaves out what is too far, and orders what is alike by name', async () => {
    open({ maxDistance: 0.5 });
    const tools = ['c', 'a', 'b'].map((name) => definition(name, { description: 'weather' }));
    expect(await found('rain', [...tools, TOOLS[1]!])).to.deep.equal(['a', 'b', 'c']);
  });

  describe('when the service fails', () => {
    for (const [what, respond, message] of [
      ['refuses', (response: ServerResponse) => json(response, { error: KEY }, 401), 'status 401'],
      ['breaks off', (response: ServerResponse) => response.destroy(), 'no answer'],
      ['says no JSON', (response: ServerResponse) => response.end('<html>'), 'something else than JSON'],
      [
        'says too little',
        (response: ServerResponse) => json(response, []),
        'another number of vectors than of texts',
      ],
      [
        'says no numbers',
        (response: ServerResponse) => json(response, [['1']]),
        'something else than a vector of numbers',
      ],
      [
        'says null for NaN',
        (response: ServerResponse) => json(response, [[Number.NaN, 1]]),
        'something else than a vector of numbers',
      ],
      [
        'says infinity',
        (response: ServerResponse) => response.end('[[1e999]]'),
        'something else than a vector of numbers',
      ],
      [
        'says nought',
        (response: ServerResponse) => json(response, [[0, 0]]),
        'something else than a vector of numbers',
      ],
    ] as const) {
      it(`tells that it ${what}, and nothing of what it says`, async () => {
        answer = (_, response) => void respond(response);
        open({ apiKey: KEY });
        expect(await failure()).to.equal(`ask for embeddings: got ${message}`);
      });
    }

    it('goes nowhere else with the key', async () => {
      answer = (_, response) => response.writeHead(307, { Location: `${service}/elsewhere` }).end();
      open({ apiKey: KEY });
      expect(await failure()).to.equal('ask for embeddings: got a redirection, which is not followed');
      expect(asked.map(({ path }) => path)).to.deep.equal(['/embed']);
    });

    it('stops reading an answer that is too long', async () => {
      answer = (_, response) => {
        const chunk = Buffer.alloc(1_048_576, ' ');
        const more = (): void => {
          while (response.write(chunk));
          response.once('drain', more);
        };
        more();
      };
      open();
      expect(await failure()).to.equal('ask for embeddings: got more than it may say');
    });

    it('asks twice when that may help', async () => {
      const usual = answer;
      answer = (one, response) => (asked.length === 1 ? json(response, {}, 503) : usual(one, response));
      open();
      expect(await found('umbrella')).to.deep.equal(['forecast']);
      expect(asked.slice(0, 2).map(({ texts }) => texts)).to.deep.equal([['umbrella'], ['umbrella']]);
    });

    it('gives up an answer that takes too long', async () => {
      answer = () => undefined;
      open({ timeoutMs: 50 });
      expect(await failure()).to.equal('ask for embeddings: got no answer in time');
      expect(asked).to.have.length(1);
    });

    it('leaves it in peace for a while, but for what is known', async () => {
      open({ pauseMs: 1_000 });
      await found('umbrella');
      const usual = answer;
      answer = (_, response) => json(response, {}, 401);
      expect(await failure('rain')).to.equal('ask for embeddings: got status 401');
      asked = [];
      answer = usual;
      expect(await failure('rain')).to.equal('find by embeddings: the service failed a short while ago');
      expect(await failure('umbrella')).to.equal('found forecast');
      expect(asked).to.deep.equal([]);
      await clock.advance(1_000);
      expect(await found('rain')).to.deep.equal(['forecast']);
    });

    it('starts anew when vectors are of another length: another model is there', async () => {
      open({ pauseMs: 0 });
      await found('umbrella');
      answer = ({ texts }, response) =>
        json(
          response,
          texts.map((text) => [...meaning(text), 0]),
        );
      expect(await failure('rain')).to.equal('ask for embeddings: got vectors of another length than before');
      expect(await found('rain')).to.deep.equal(['forecast']);
    });

    it('holds it to the dimensions that are set', async () => {
      open({ provider: 'openai', model: 'small', dimensions: 3 });
      expect(await failure()).to.equal('ask for embeddings: got vectors of another length than before');
    });
  });

  it('lets a search go after a while; what is under way is there for the next', async () => {
    const held: (() => void)[] = [];
    const usual = answer;
    answer = (one, response) => void held.push(() => usual(one, response));
    open({ waitMs: 100 });
    const first = failure();
    await clock.advance(100);
    expect(await first).to.equal('find by embeddings: the service has not answered yet');
    answer = usual;
    await new Promise<void>((resolve) => {
      const poll = setInterval(() => {
        if (held.length === 0) return;
        clearInterval(poll);
        resolve();
      }, 1);
    });
    held.forEach((answerNow) => answerNow());
    expect(await found('umbrella')).to.deep.equal(['forecast']);
    expect(embedded().filter((text) => text === 'umbrella')).to.have.length(1);
  });

  it('ends what is under way when it is closed', async () => {
    answer = () => undefined;
    open();
    const search = failure();
    await index.close!();
    expect(await search).to.equal('ask for embeddings: got no answer');
  });

  it('is asked beside the words, which answer alone while it fails', async () => {
    open({ pauseMs: 0 });
    const events: TelemetryEvent[] = [];
    const codeMode = await createCodeMode({
      runtime: createPlanRuntime(),
      dispatcher: answering(TOOLS, () => textResult('done')),
      indexes: [await createWordsIndex(), index],
      sinks: [{ record: (event) => void events.push(event) }],
    });
    const names = async (text: string): Promise<string[]> =>
      (await codeMode.findTools({ text, limit: 3 })).tools.map(({ tool }) => tool.name);
    expect(await names('umbrella')).to.deep.equal(['forecast']);
    answer = (_, response) => json(response, { key: KEY }, 500);
    expect(await names('books')).to.deep.equal(['ledger']);
    expect(events).to.deep.include({
      name: 'index.failed',
      index: 'embeddings',
      message: 'ask for embeddings: got status 500',
    });
    await codeMode.close();
  });

  describe('settings', () => {
    beforeEach(() => open());

    for (const [what, settings, fault] of [
      [
        'no service',
        { service: undefined },
        'service: wanted an address that starts with http:// or https://',
      ],
      [
        'another protocol',
        { service: 'file:///etc/passwd' },
        'service: wanted an address that starts with http:// or https://',
      ],
      [
        'a password in the address',
        { service: `http://a:${KEY}@b` },
        'service: wanted no name or password in it: set apiKey',
      ],
      ['openai without a model', { provider: 'openai' }, 'model: wanted a model, which openai needs'],
      [
        'dimensions for tei',
        { dimensions: 3 },
        'dimensions: wanted none: only openai is asked for dimensions',
      ],
      [
        'a header of its own',
        { headers: { 'content-type': KEY } },
        'headers.content-type: wanted no header that the index sends itself',
      ],
      ['a broken header', { headers: { a: `b\n${KEY}` } }, 'headers.a: wanted one line of plain characters'],
      ['a broken key', { apiKey: `${KEY}\n` }, 'apiKey: wanted a key of plain characters'],
      ['a distance beyond 2', { maxDistance: 3 }, 'maxDistance: wanted a number from 0 to 2'],
    ] as const) {
      it(`are refused without saying a secret: ${what}`, () => {
        expect(() => createEmbeddingsIndex({ service, ...settings } as never))
          .to.throw(ToolscriptError)
          .with.property('message')
          .that.includes(fault)
          .and.does.not.include(KEY);
      });
    }

    it('are those of the plugin', async () => {
      const { value } = (await plugin.config!['~standard'].validate({ service })) as { value: never };
      const made = await plugin.create(value, { folder: '/' });
      expect([plugin.kind, made.name]).to.deep.equal(['index', 'embeddings']);
      await made.close?.();
    });
  });
});
