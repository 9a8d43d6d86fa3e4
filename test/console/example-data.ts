/** Data for the fake server of the console: a gateway over three servers, with runs of each kind. */
import { DEFAULT_LIMITS } from '../../core/index.js';
import type {
  CallBar,
  ConsoleState,
  ConsoleTool,
  RunRecord,
  UsageBucket,
} from '../../adapters/console/api.js';

/** The state of a gateway with three servers, one of them down. */
export const exampleState: ConsoleState = {
  version: '0.1.0',
  languages: ['starlark', 'javascript'],
  names: [
    'parallel',
    'attempt',
    'retry',
    'print',
    'json',
    'math',
    're',
    'len',
    'range',
    'sorted',
    'tools',
    'call_tool',
  ],
  codeMode: true,
  optimizer: false,
  limits: DEFAULT_LIMITS,
  backends: [
    { name: 'github', state: 'up', tools: 2, notes: [] },
    {
      name: 'metrics',
      state: 'up',
      tools: 1,
      notes: ['1 tool is left out: "query-range" clashes with "query_range"'],
    },
    {
      name: 'pager',
      state: 'down',
      tools: 0,
      notes: ['starting: the command ended with code 127, wanted a server on its standard input'],
    },
  ],
};

/** The tools of these servers. */
export const exampleTools: readonly ConsoleTool[] = [
  {
    name: 'search_issues',
    scriptName: 'search_issues',
    signature:
      'search_issues(query: str, state: "open"|"closed" = "open", limit: int = 20) -> list[{id: int, title: str}]',
    description: 'Searches the issues of a repository by words, state and label, the latest first.',
    backend: 'github',
    inputSchema: {
      type: 'object',
      properties: {
        query: { type: 'string', description: 'Words that must be in the title or the text.' },
        state: {
          type: 'string',
          enum: ['open', 'closed'],
          default: 'open',
          description: 'Open or closed ones.',
        },
        limit: { type: 'integer', default: 20, description: 'How many at most.' },
      },
      required: ['query'],
    },
    outputSchema: { type: 'object', properties: { result: { type: 'array' } } },
    annotations: { readOnlyHint: true },
  },
  {
    name: 'add-comment',
    scriptName: 'add_comment',
    signature: 'add_comment(issue: int, body: str)',
    description: 'Writes a comment beneath an issue.',
    backend: 'github',
    inputSchema: {
      type: 'object',
      properties: { issue: { type: 'integer' }, body: { type: 'string' } },
      required: ['issue', 'body'],
    },
  },
  {
    name: 'query_range',
    scriptName: 'query_range',
    signature: 'query_range(service: str, minutes: int = 60) -> list[float]',
    description: 'Answers the error rate of a service, one figure for each minute.',
    backend: 'metrics',
    inputSchema: {
      type: 'object',
      properties: { service: { type: 'string' }, minutes: { type: 'integer' } },
      required: ['service'],
    },
    annotations: { readOnlyHint: true },
  },
];

/** A script that fans out. */
export const exampleScript = `issues = search_issues(query="checkout", state="open")
services = sorted(set([issue["service"] for issue in issues]))

def rate(service):
    return query_range(service=service, minutes=30)

rates = parallel([lambda s=s: rate(s) for s in services])
worst = services[rates.index(max(rates))]  # the one that hurts
add_comment(issue=issues[0]["id"], body="%s is worst" % worst)
return {"worst": worst, "issues": len(issues)}
`;

/** A call of the example. */
export function call(index: number, more: Partial<CallBar>): CallBar {
  return {
    id: `c${index}`,
    tool: 'query_range',
    backend: 'metrics',
    position: { line: 5, column: 12 },
    state: 'succeeded',
    code: 'ok',
    startedMs: 150,
    queuedMs: 0,
    ranMs: 100,
    resultBytes: 2_048,
    ...more,
  };
}

/** A finished run; its parts can be said otherwise. */
export function exampleRun(more: Partial<RunRecord> = {}): RunRecord {
  return {
    id: 'r1',
    caller: 'claude-desktop',
    runtime: 'starlark',
    from: 'http',
    askedAt: Date.now() - 42_000,
    queuedMs: 12,
    state: 'finished',
    code: 'ok',
    scriptHash: 'abc',
    scriptBytes: exampleScript.length,
    script: exampleScript,
    tools: 3,
    limits: DEFAULT_LIMITS,
    usage: {
      steps: 812_400,
      memoryBytes: 3_400_000,
      toolCalls: 8,
      branches: 6,
      parallelPeak: 4,
      outputBytes: 44,
      logBytes: 60,
      wallTimeMs: 640,
      waitMs: 600,
    },
    calls: [
      call(0, {
        tool: 'search_issues',
        backend: 'github',
        position: { line: 1, column: 10 },
        startedMs: 14,
        ranMs: 132,
        resultBytes: 81_920,
      }),
      ...Array.from({ length: 6 }, (_, index) =>
        call(index + 1, {
          startedMs: 152,
          queuedMs: index < 4 ? 0 : 90 + index * 9,
          ranMs: 88 + ((index * 37) % 110),
        }),
      ),
      call(7, {
        tool: 'add-comment',
        backend: 'github',
        position: { line: 9, column: 1 },
        startedMs: 420,
        ranMs: 225,
        resultBytes: 120,
      }),
    ],
    callsLeftOut: 0,
    logs: ['6 services', 'worst: checkout-api'],
    result: '{"worst":"checkout-api","issues":37}',
    resultBytes: 94_328,
    savedTokens: 23_570,
    ...more,
  };
}

/** Runs of each kind. */
export function exampleRuns(): RunRecord[] {
  const now = Date.now();
  return [
    exampleRun(),
    exampleRun({
      id: 'r2',
      caller: 'batch',
      askedAt: now - 180_000,
      code: 'tool/failed',
      result: '',
      error: {
        code: 'tool/failed',
        message: 'add_comment: the server answered "issue 7 is locked", wanted a comment',
        position: { line: 9, column: 1 },
        tool: 'add-comment',
      },
      calls: [
        ...exampleRun().calls.slice(0, 6),
        call(6, { state: 'unknown', code: 'tool/timeout', ranMs: 300 }),
        call(7, {
          tool: 'add-comment',
          state: 'failed',
          code: 'tool/failed',
          position: { line: 9, column: 1 },
          startedMs: 455,
          ranMs: 120,
          error: 'issue 7 is locked',
        }),
        call(8, { state: 'unsent', code: 'cancelled', startedMs: 470, queuedMs: 105, ranMs: 0 }),
      ],
    }),
    exampleRun({
      id: 'r3',
      caller: 'cursor',
      from: 'stdio',
      askedAt: now - 3_600_000,
      code: 'limit/steps',
      error: {
        code: 'limit/steps',
        message: 'the script took 1,000,001 steps, at most 1,000,000 are allowed',
        position: { line: 7, column: 9 },
      },
    }),
    exampleRun({
      id: 'r4',
      caller: 'intern',
      askedAt: now - 7_200_000,
      state: 'refused',
      code: 'limit/refused',
      calls: [],
      logs: [],
      error: { code: 'limit/refused', message: '4 scripts of this caller are running, at most 4 may' },
    }),
  ];
}

/** Twelve stretches of five minutes. */
export function exampleUsage(): UsageBucket[] {
  const spanMs = 300_000;
  const begin = Math.floor(Date.now() / spanMs) * spanMs - 11 * spanMs;
  return Array.from({ length: 12 }, (_, index) => ({
    at: begin + index * spanMs,
    spanMs,
    scripts: index,
    failed: index % 4 === 3 ? 1 : 0,
    scriptCalls: index * 9,
    directCalls: Math.max(0, 40 - index * 4),
    savedTokens: index * 4_200,
  }));
}
