/** A client that brings its secrets to every place of a gateway, in sessions and without. */
import { expect } from 'chai';
import { SECRETS, unspelt } from './secrets.js';

interface Message {
  readonly id?: number | string;
  readonly method?: string;
  readonly result?: { readonly isError?: boolean; readonly content?: unknown };
  readonly error?: { readonly message: string };
}

const GOOD = `
# ${SECRETS.script}
print(${unspelt('printed')})
text(q = ${unspelt('argument')})
structured()
asking()
logging()
attempt(failing)
attempt(crashing)
attempt(forbidden, q = ${unspelt('argument')})
tools.search(${unspelt('query')})
return [len(data), ${unspelt('returned')}]
`;

/** Each ends in another way. */
const SCRIPTS: readonly (readonly [source: unknown, isError: boolean])[] = [
  [GOOD, false],
  [`# ${SECRETS.script}\nprint(${unspelt('printed')})\nfail(${unspelt('thrown')})`, true],
  [`# ${SECRETS.script}\nfailing(q = ${unspelt('argument')})`, true],
  [`# ${SECRETS.script}\nparallel([text, crashing])`, true],
  [`# ${SECRETS.script}\nhanging(q = ${unspelt('argument')})`, true],
  [`# ${SECRETS.script}\nfor i in range(1000000):\n  i += 1`, true],
  [`# ${SECRETS.script}\nno_such_tool(q = ${unspelt('argument')})`, true],
  [`# ${SECRETS.script}\nreturn (`, true],
  [`forbidden(q = ${unspelt('argument')})`, true],
  [[SECRETS.script], true],
];

const CALLS = ['text', 'structured', 'failing', 'crashing', 'forbidden', 'asking', 'logging', 'no_such_tool'];

/** What comes with every request. */
const META = {
  'example.com/note': SECRETS.meta,
  traceparent: `00-${'a'.repeat(32)}-${'b'.repeat(16)}-01`,
  tracestate: 'vendor=1',
  baggage: `user=${SECRETS.baggage}`,
};

/** Opens a session and brings everything; answers the id of the session, and all that the client was sent. */
export async function visit(url: string): Promise<{ session: string; answered: string }> {
  const client = new Client(url);
  await client.open();
  await client.ask('tools/list');
  for (const [script, isError] of SCRIPTS) {
    const args = { script, data: { d: SECRETS.data } };
    const { result } = await client.ask('tools/call', { name: 'execute_tool_script', arguments: args });
    expect(result?.isError ?? false, JSON.stringify([script, result])).to.equal(isError);
  }
  for (const name of CALLS) {
    const args = { tool_name: name, parameters: { q: SECRETS.argument } };
    await client.ask('tools/call', { name: 'call_tool', arguments: args });
    await client.ask('tools/call', { name, arguments: { q: SECRETS.argument } });
  }
  const search = { tool_description: SECRETS.query, tool_keywords: SECRETS.query };
  await client.ask('tools/call', { name: 'find_tool', arguments: search });
  await client.ask('resources/read', { uri: `test://${SECRETS.uri}` });
  await client.ask('resources/read', { uri: `test://other/${SECRETS.uri}` });
  await client.ask('prompts/get', { name: 'greet', arguments: { who: SECRETS.who } });
  await client.ask('prompts/get', { name: 'hidden', arguments: { who: SECRETS.who } });
  await client.ask('no/such/method', { note: SECRETS.meta });
  return { session: client.session, answered: client.received.join('\n') };
}

/** By hand: it answers questions that come on the stream of a request. */
class Client {
  session = '';
  readonly received: string[] = [];
  readonly #url: string;
  #id = 0;

  constructor(url: string) {
    this.#url = url;
  }

  async open(): Promise<void> {
    const clientInfo = { name: 'visitor', version: '1' };
    const params = { protocolVersion: '2025-11-25', capabilities: { elicitation: {} }, clientInfo };
    await this.ask('initialize', params);
    await this.#post({ method: 'notifications/initialized' });
  }

  async ask(method: string, params: object = {}): Promise<Message> {
    this.#id += 1;
    const id = this.#id;
    const response = await this.#post({ id, method, params: { ...params, _meta: META } });
    this.session = response.headers.get('mcp-session-id') ?? this.session;
    for await (const message of messages(response)) {
      this.received.push(JSON.stringify(message));
      if (message.id === id && message.method === undefined) return message;
      if (message.method === 'elicitation/create') {
        await this.#post({ id: message.id, result: { action: 'accept', content: { name: SECRETS.answer } } });
      }
    }
    throw new Error(`${method}: no answer`);
  }

  #post(message: object): Promise<Response> {
    const headers = {
      'content-type': 'application/json',
      accept: 'application/json, text/event-stream',
      authorization: `Bearer ${SECRETS.token}`,
      'mcp-protocol-version': '2025-11-25',
      ...(this.session !== '' && { 'mcp-session-id': this.session }),
    };
    return fetch(this.#url, {
      method: 'POST',
      headers,
      body: JSON.stringify({ jsonrpc: '2.0', ...message }),
    });
  }
}

/** Of a stream of events, or of one body of JSON. */
async function* messages(response: Response): AsyncGenerator<Message> {
  const decoder = new TextDecoder();
  let rest = '';
  for await (const chunk of response.body ?? []) {
    const lines = (rest + decoder.decode(chunk as Uint8Array, { stream: true })).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) {
      if (line.startsWith('data: {')) yield JSON.parse(line.slice(6)) as Message;
    }
  }
  if (rest.startsWith('{')) yield JSON.parse(rest) as Message;
}
