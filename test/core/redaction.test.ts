import { expect } from 'chai';
import { createCodeMode, createRedaction, redactSecrets, ToolscriptError } from '../../core/index.js';
import type { TelemetryEvent } from '../../core/index.js';
import { createPlanRuntime } from '../support/plan-runtime.js';
import { answering, definition, textResult } from '../support/test-tools.js';

const ALL = 10_000;
const redacted = (text: string): string => redactSecrets(text, ALL);

/** Put together from parts, so that no scanner takes this file for a leak. */
const made = (...parts: string[]): string => parts.join('');
const long = 'a1B2c3D4e5F6g7H8i9J0'.repeat(2);
const jwt = made('eyJ', 'hbGciOiJFUzI1NiJ9.', 'eyJ', 'zdWIiOiJhbm4ifQ.c2lnbmF0dXJl');

const STRUCK: readonly (readonly [string, string])[] = [
  ['GET https://ann:hunter2@host/x: 401', 'GET https://[redacted]@host/x: 401'],
  ['postgres://u:p%40ss@db:5432/x', 'postgres://[redacted]@db:5432/x'],
  ['has credentials: https://ann:hunter2@host/x', 'has credentials: https://[redacted]@host/x'],
  ['https://ghost@host', 'https://[redacted]@host'],
  ['/x?access_token=hunter2&page=2', '/x?access_token=[redacted]&page=2'],
  ['/x?key=hunter2#end', '/x?key=[redacted]'],
  ['/cb?code=hunter2&state=1', '/cb?code=[redacted]&state=1'],
  [
    '/x?X-Amz-Credential=hunter2&X-Amz-Signature=ab',
    '/x?X-Amz-Credential=[redacted]&X-Amz-Signature=[redacted]',
  ],
  ['Authorization: Bearer hunter2, then', 'Authorization: [redacted], then'],
  ['authorization=hunter2', 'authorization=[redacted]'],
  ['{"Authorization":"Basic YTpi","n":1}', '{"Authorization":"[redacted]","n":1}'],
  ['sent bearer hunter2hunter2 to it', 'sent bearer [redacted] to it'],
  ['sent Basic YW5uOmh1bnRlcjI= to it', 'sent Basic [redacted] to it'],
  ['Set-Cookie: sid=hunter2; Path=/\nnext', 'Set-Cookie: [redacted]\nnext'],
  ['{"password": "correct horse \\" battery"}', '{"password": "[redacted]"}'],
  ["{'client_secret': 'correct horse'}", "{'client_secret': '[redacted]'}"],
  ['"{\\"api_key\\":\\"correct horse\\"}"', '"{\\"api_key\\":\\"[redacted]\\"}"'],
  ['MY_API_TOKEN=hunter2 npm start', 'MY_API_TOKEN=[redacted] npm start'],
  ['Mcp-Session-Id: hunter2', 'Mcp-Session-Id: [redacted]'],
  ['x-api-key: hunter2', 'x-api-key: [redacted]'],
  ['run --password hunter2 --port 1', 'run --password [redacted] --port 1'],
  [`met ${jwt} there`, 'met [redacted] there'],
  [made('sk', '-ant-', long), '[redacted]'],
  [made('(sk', '_live_', long, ')'), '([redacted])'],
  [made('ghp', '_', long), '[redacted]'],
  [made('github', '_pat_', long), '[redacted]'],
  [made('xoxb', '-1234567890-', long), '[redacted]'],
  [made('AKIA', 'ABCDEFGHIJKLMNOP'), '[redacted]'],
  [made('AIza', long), '[redacted]'],
  [
    made('-----BEGIN RSA', ` PRIVATE KEY-----\n${long}\n-----END RSA PRIVATE KEY-----\nnext`),
    '[redacted]\nnext',
  ],
];

const KEPT = [
  'fs.read',
  'search_issues',
  'ann@example.com',
  'https://example.com:8080/mcp?page=2',
  'a bearer token is wanted',
  'basic authentication is off',
  'connect to "search": found HTTP 401 (Unauthorized), wanted 200',
  'task-oriented-and-risk-averse-people',
  'monkey=1',
  'baselineTokens: 900',
  'tool/failed at 3:14',
];

/** Each made to be matched again and again, or almost. */
const HOSTILE = [
  'eyJ',
  'eyJaaaaaaaaaa.',
  '://',
  '://a',
  'token="',
  'token    ',
  'token=',
  "'token':'",
  'token\\\\\\"',
  'bearer ',
  'basic a',
  'cookie:\n',
  '-----BEGIN PRIVATE KEY-----',
  '-----BEGIN A ',
  'sk-',
  'session-',
  '?x-amz-a-',
  'SG.',
  'A ',
  'a',
];

describe('redaction', () => {
  for (const [text, wanted] of STRUCK) {
    it(`strikes out of ${JSON.stringify(text.slice(0, 60))}`, () => {
      expect(redacted(text)).to.equal(wanted);
      expect(redacted(redacted(text))).to.equal(wanted);
    });
  }

  for (const text of KEPT) {
    it(`leaves ${text}`, () => {
      expect(redacted(text)).to.equal(text);
    });
  }

  it('cuts, and knows a secret that the cut goes through', () => {
    const text = `${'x '.repeat(50)}password=${'y'.repeat(20_000)}`;
    expect(redactSecrets(text, 120)).to.equal(`${'x '.repeat(50)}password=[redacted]…`);
    expect(redactSecrets(text, 50)).to.equal(`${'x '.repeat(24)}x…`);
    expect(redactSecrets(`${'x '.repeat(50)}${jwt}`, 104)).to.equal(`${'x '.repeat(50)}[re…`);
  });

  it('takes time linear in the text', () => {
    for (const part of HOSTILE) {
      const text = part.repeat(Math.ceil(500_000 / part.length));
      const before = process.cpuUsage();
      redactSecrets(text, text.length);
      const { user, system } = process.cpuUsage(before);
      expect((user + system) / 1000, JSON.stringify(part)).to.be.below(2_000);
    }
  });

  describe('by patterns', () => {
    it('strikes out what they match, after what is known by its shape', async () => {
      const redact = await createRedaction(['CUST-\\d+', 'plain words']);
      expect(redact('CUST-12 said plain words, token=abc', ALL)).to.equal(
        '[redacted] said [redacted], token=[redacted]',
      );
    });

    it('takes linear time for any pattern', async () => {
      const redact = await createRedaction(['(a+)+$']);
      const before = process.cpuUsage();
      redact(`${'a'.repeat(50_000)}!`, 60_000);
      expect(process.cpuUsage(before).user / 1000).to.be.below(5_000);
    });

    const faulty: readonly (readonly [readonly string[], string])[] = [
      [['ok', '('], 'redact: found pattern 2 that cannot be read, wanted the syntax of RE2'],
      [['(?=a)b'], 'redact: found pattern 1 that cannot be read, wanted the syntax of RE2'],
      [['a*'], 'redact: found pattern 1 that matches nothing at all, wanted one of a character at least'],
      [['a'.repeat(1_001)], 'redact: found pattern 1 with 1001 characters, wanted 1000 at most'],
      [Array<string>(101).fill('a'), 'redact: found 101 patterns, wanted 100 at most'],
    ];
    for (const [patterns, message] of faulty) {
      it(`refuses: ${message}`, async () => {
        const failure = await createRedaction(patterns).catch((error: unknown) => error);
        expect(failure).to.be.instanceOf(ToolscriptError);
        expect(failure).to.include({ code: 'config/invalid', message });
      });
    }
  });

  it('is done before any sink reads why something was refused, down, lost or muted', async () => {
    const events: TelemetryEvent[] = [];
    const secret = 'password=hunter2';
    const dispatcher = answering([definition('a')], () => textResult('1'));
    let change = (): void => undefined;
    let isUp = true;
    const codeMode = await createCodeMode({
      runtime: createPlanRuntime(),
      dispatcher: Object.assign(dispatcher, {
        backends: () => [{ name: 'b', up: isUp, tools: 1, problems: isUp ? [] : [secret] }],
        onChange: (listener: () => void) => {
          change = listener;
          return () => undefined;
        },
      }),
      limits: { authorize: () => ({ allow: false, reason: secret }) },
      sinks: [
        { record: (event) => void events.push(event) },
        { name: 'lossy', attach: (host) => host.dropped(1, secret), record: () => undefined },
        {
          name: 'faulty',
          record: () => {
            throw new Error(secret);
          },
        },
      ],
    });
    isUp = false;
    change();
    await codeMode.callTool('a', {}).catch(() => undefined);
    await codeMode.run({ script: '{}' });
    await codeMode.close();
    const told = new Set(events.map(({ name }) => name));
    expect([...told]).to.include.members(['sink.dropped', 'sink.muted', 'backend.changed', 'script.refused']);
    expect(JSON.stringify(events)).to.include('password=[redacted]').and.not.include('hunter2');
  });
});
