/** Scenarios of the official suite that fail, with the reason; what passes is not here. */
import type { Era } from './server-suites.js';

type Reasons = Readonly<Record<string, string>>;

const TASKS = 'the tasks extension: an option that the gateway does not offer';
const RESUMING = 'pending upstream: streams that can be taken up again; a call that is cut is made anew';
const KEYS =
  'the scenario wants the keys and states of its fixture; an older server has none, so ours stand there';
const OLDER =
  'an older server is told that the client cannot be asked, and decides itself what to do without';

const OF_SESSIONS: Reasons = { 'server-sse-polling': RESUMING };

const OF_TASKS: Reasons = Object.fromEntries(
  [
    'tasks-capability-negotiation',
    'tasks-dispatch-and-envelope',
    'tasks-lifecycle',
    'tasks-mrtr-composition',
    'tasks-mrtr-input',
    'tasks-request-headers',
    'tasks-request-state-removal',
    'tasks-required-task-error',
    'tasks-status-notifications',
    'tasks-wire-fields',
  ].map((scenario) => [scenario, TASKS]),
);

const OF_OLDER_SERVERS: Reasons = {
  ...Object.fromEntries(
    [
      'basic-elicitation',
      'basic-list-roots',
      'basic-sampling',
      'capability-check',
      'missing-input-response',
      'multi-round',
      'multiple-input-requests',
      'non-tool-request',
      'request-state',
      'result-type',
      'tampered-state',
      'validate-input',
    ].map((scenario) => [`input-required-result-${scenario}`, KEYS]),
  ),
  'server-stateless': OLDER,
};

/** By the revision that the suite speaks and the era of the server behind the gateway. */
export const SERVER_REASONS: Readonly<Record<string, Readonly<Record<Era, Reasons>>>> = {
  '2025-11-25': { legacy: OF_SESSIONS, modern: OF_SESSIONS },
  '2026-07-28': { legacy: { ...OF_TASKS, ...OF_OLDER_SERVERS }, modern: OF_TASKS },
};
