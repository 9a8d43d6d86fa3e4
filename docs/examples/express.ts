import express from 'express';
import { createCodeMode, defineTool, type ErrorCode, type JsonObject } from 'toolscript';
import { judge } from './jobs/judge.js';

// What the service has already: its own functions, now tools as well.
const stock = new Map([
  ['tea', 12],
  ['lamp', 0],
  ['desk', 3],
]);
const codeMode = await createCodeMode({
  tools: [
    defineTool({
      name: 'list_items',
      description: 'The names of all items.',
      inputSchema: { type: 'object' },
      call: () => [...stock.keys()],
    }),
    defineTool({
      name: 'get_stock',
      description: 'How many there are of an item.',
      inputSchema: { type: 'object', properties: { item: { type: 'string' } }, required: ['item'] },
      call: ({ item }) => stock.get(item as string) ?? 0,
    }),
  ],
  limits: { wallTimeMs: 5000, toolCalls: 100 },
});

const app = express();
app.use(express.json({ limit: '300kb' }));

app.post('/scripts', async (request, response) => {
  const { script, data } = request.body as { script?: unknown; data?: JsonObject };
  if (typeof script !== 'string') {
    response.status(400).json({ error: 'run a script: got none, want its text as "script"' });
    return;
  }
  // Who goes away needs no answer: what still runs is ended.
  const gone = new AbortController();
  response.on('close', () => gone.abort());
  const caller = { id: request.get('x-user') ?? 'anonymous' };
  const outcome = await codeMode.run({ script, data: data ?? {}, caller, signal: gone.signal });
  // As text: every digit of a large integer is kept.
  if (outcome.ok) response.type('json').send(outcome.text);
  else response.status(statusOf(outcome.error.code)).json(outcome.error);
});

/** The script's own fault, or ours. */
function statusOf(code: ErrorCode): number {
  return /^(script|limit|tool)\//.test(code) ? 422 : 500;
}

const server = app.listen(0, '127.0.0.1');
await new Promise((resolve) => server.once('listening', resolve));

// A client, to see it work.
const { port } = server.address() as { port: number };
async function send(body: object, wanted: number): Promise<unknown> {
  const response = await fetch(`http://127.0.0.1:${String(port)}/scripts`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-user': 'ada' },
    body: JSON.stringify(body),
  });
  const answer: unknown = await response.json();
  console.log(response.status, JSON.stringify(answer).slice(0, 80));
  judge(`the status is ${String(wanted)}`, response.status, wanted);
  return answer;
}
const low = 'return [item for item in list_items() if get_stock(item=item) < least]';
judge('what is low', await send({ script: low, data: { least: 5 } }, 200), ['lamp', 'desk']);
await send({ script: 'return get_stok(item="tea")' }, 422);
await send({ script: 'while True: pass' }, 422);
await send({ data: {} }, 400);
await send({ script: 'return least', data: 'five' }, 422);

server.close();
await codeMode.close();

//> 200 ["lamp","desk"]
//> right: the status is 200
//> right: what is low
//> 422 {"code":"script/name","message":"unknown name get_stok (did you mean get_stock?)
//> right: the status is 422
//> 422 {"code":"limit/steps","message":"run: more than 1000000 steps","position":{"line
//> right: the status is 422
//> 400 {"error":"run a script: got none, want its text as \"script\""}
//> right: the status is 400
//> 422 {"code":"script/name","message":"read data: got a string, want an object","hint"
//> right: the status is 422
