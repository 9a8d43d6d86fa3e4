/** Tells the sinks that a script or a call came to a limit. */
import type { Events } from './event.js';
import type { EventFeed } from './events.js';
import type { LimitName, Limits } from './limit-policy.js';

/** Whose limit it is; what is not known is undefined. */
type LimitSubject = {
  readonly [field in keyof Omit<Events['limit.met'], 'limit' | 'bound'>]:
    Events['limit.met'][field] | undefined;
} & Pick<Events['limit.met'], 'caller'>;

/** Tells of one. */
export function tellLimit(events: EventFeed, limit: LimitName, limits: Limits, subject: LimitSubject): void {
  const { caller, runId, requestId, tool, trace } = subject;
  events.emit('limit.met', {
    limit,
    bound: limits[limit],
    caller,
    ...(runId !== undefined && { runId }),
    ...(requestId !== undefined && { requestId }),
    ...(tool !== undefined && { tool }),
    ...(trace !== undefined && { trace }),
  });
}
