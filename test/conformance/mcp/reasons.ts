/** Scenarios of the official suite that fail, with the reason; what passes is not here. */
import type { Behind } from './server-suites.js';

type Reasons = Readonly<Record<string, string>>;

const TASKS = 'the tasks extension: an option that the gateway does not offer';
const KEYS = 'the scenario wants the keys of its fixture; an older server has none, so ours stand there';
const ROOTS =
  'an older server is not told of roots: it would take them for the whole truth, and drop its own folders';
const WHOSE =
  'an older server over stdio does not say which call its question belongs to: none is put while a scenario before left one open';
const OLDER =
  'an older server is told that the client cannot be asked, and decides itself what to do without';

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
  'input-required-result-basic-elicitation': KEYS,
  'input-required-result-basic-list-roots': ROOTS,
  'input-required-result-multiple-input-requests': ROOTS,
  'server-stateless': OLDER,
};

const OVER_HTTP: Reasons = { 'input-required-result-ignore-extra-params': KEYS };

const OVER_STDIO: Reasons = Object.fromEntries(
  [
    'basic-sampling',
    'capability-check',
    'missing-input-response',
    'multi-round',
    'non-tool-request',
    'request-state',
    'result-type',
    'tampered-state',
    'validate-input',
  ].map((scenario) => [`input-required-result-${scenario}`, WHOSE]),
);

/** By the revision that the suite speaks and the server behind the gateway. */
export const SERVER_REASONS: Readonly<Record<string, Readonly<Record<Behind, Reasons>>>> = {
  // server-sse-polling passes without showing anything: it wants nothing of a call that is answered as JSON.
  '2025-11-25': { legacy: {}, 'legacy over HTTP': {}, modern: {} },
  '2026-07-28': {
    legacy: { ...OF_TASKS, ...OF_OLDER_SERVERS, ...OVER_STDIO },
    'legacy over HTTP': { ...OF_TASKS, ...OF_OLDER_SERVERS, ...OVER_HTTP },
    modern: OF_TASKS,
  },
};
