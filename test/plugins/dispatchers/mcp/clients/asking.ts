/** Clients that can be asked and told, and short ways to ask for context, in tests. */
import {
  ANONYMOUS,
  type ClientLink,
  type ClientNotice,
  type ClientQuestion,
  type ContextMethod,
  type ContextRequest,
  type JsonObject,
  type ToolDispatcher,
} from '../../../../../core/index.js';

/** A client that answers every question in the same way, and remembers. */
export interface TestClient extends ClientLink {
  readonly questions: ClientQuestion[];
  readonly notices: ClientNotice[];
}

const EVERYTHING: JsonObject = { elicitation: { form: {}, url: {} }, sampling: { tools: {} }, roots: {} };

/** Makes a client; its name is in its answers. */
export function testClient(name: string, rest: Partial<ClientLink> = {}): TestClient {
  const questions: ClientQuestion[] = [];
  const notices: ClientNotice[] = [];
  return {
    questions,
    notices,
    capabilities: EVERYTHING,
    ask: (question) => {
      questions.push(question);
      return Promise.resolve(answerOf(name, question));
    },
    notify: (notice) => void notices.push(notice),
    ...rest,
  };
}

function answerOf(name: string, { method }: ClientQuestion): JsonObject {
  if (method === 'roots/list') return { roots: [] };
  return method === 'elicitation/create'
    ? { action: 'accept', content: { name } }
    : { role: 'assistant', model: name, content: { type: 'text', text: `${name} says so` } };
}

/** Asks for context, for nobody in particular. */
export function request(
  dispatcher: ToolDispatcher,
  method: ContextMethod,
  params: JsonObject,
  rest: Partial<ContextRequest> = {},
): Promise<JsonObject> {
  const signal = new AbortController().signal;
  return contextOf(dispatcher).request({ method, params, caller: ANONYMOUS, signal, ...rest });
}

/** What a dispatcher has for context. */
export function contextOf({ context }: ToolDispatcher): NonNullable<ToolDispatcher['context']> {
  if (context === undefined) throw new Error('the dispatcher has no context');
  return context;
}

/** Resolves once something holds; looks again whenever the event loop turns. */
export async function until(holds: () => boolean): Promise<void> {
  while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5));
}
