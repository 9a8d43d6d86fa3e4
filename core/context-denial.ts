/** Tells the sinks of a resource or prompt that the policy refused. */
import type { Caller } from './caller.js';
import type { RequestContext } from './code-mode.js';
import type { ContextMethod } from './context-source.js';
import type { Events } from './event.js';
import type { EventFeed } from './events.js';
import { canonicalText } from './json-text.js';
import type { JsonObject } from './json.js';
import { sha256 } from './sha256.js';
import { toldCaller } from './told-caller.js';
import { traceContextOf } from './trace-context.js';

/** Who asks, and in which request. */
export type Asking = Pick<RequestContext, 'request' | 'meta'> & { readonly caller: Caller };

/** What was refused, and why. */
type Denial = Pick<Events['context.denied'], 'code' | 'target' | 'reason'> & {
  readonly method: ContextMethod;
  readonly params: JsonObject;
};

/** Hashes the parameters first, where a sink asks for that. */
export async function tellDenied(
  events: EventFeed,
  { caller, request, meta }: Asking,
  { params, ...denial }: Denial,
): Promise<void> {
  if (!events.hears('context.denied')) return;
  const argumentHash = events.wants('argumentHash') ? await sha256(canonicalText(params)) : undefined;
  const trace = request?.trace ?? traceContextOf(meta);
  const payload = {
    caller: toldCaller(caller),
    ...denial,
    ...(request !== undefined && { requestId: request.id }),
    ...(trace !== undefined && { trace }),
  };
  events.emit('context.denied', payload, () => (argumentHash === undefined ? {} : { argumentHash }));
}
