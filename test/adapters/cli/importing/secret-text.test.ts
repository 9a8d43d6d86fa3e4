import { expect } from 'chai';
import fc from 'fast-check';

import { isHarmless, secretSpans } from '../../../../adapters/cli/importing/secret-text.js';

/** The text with each secret as `<…>`. */
function struck(text: string): string {
  return [...secretSpans(text)]
    .reverse()
    .reduce((all, { start, end }) => `${all.slice(0, start)}<…>${all.slice(end)}`, text);
}

const KEY = 'ghp_abcdefghijklmnopqrstuvwxyz0123456789';

describe('secrets in texts', () => {
  const found: readonly (readonly [string, string])[] = [
    ['--api-key=abc', '--api-key=<…>'],
    ['Authorization: Bearer foo', 'Authorization: Bearer <…>'],
    ['X-Api-Key:word', 'X-Api-Key:<…>'],
    ['postgres://app:word@localhost:5432/db', 'postgres://app:<…>@localhost:5432/db'],
    ['https://mcp.example/s/NzQxMmQ4YTktYjM0ZS00/mcp', 'https://mcp.example/s/<…>/mcp'],
    ['https://mcp.example/mcp?api_key=hello&profile=me', 'https://mcp.example/mcp?api_key=<…>&profile=me'],
    ['https://u:one@mcp.example/?token=two&x=1', 'https://u:<…>@mcp.example/?token=<…>&x=1'],
    [KEY, '<…>'],
    [`run ${KEY} and sk-proj-abcdefghijklmnopqrst`, 'run <…> and <…>'],
    ['0a3f9c1b7e2d4a6f8b0c1d2e3f4a5b6c', '<…>'],
    ['3f2504e0-4f89-11d3-9a0c-0305e82c3301', '<…>'],
    ['GITHUB_TOKEN=abc', 'GITHUB_TOKEN=<…>'],
  ];
  for (const [text, expected] of found)
    it(`finds what is one in ${text}`, () => expect(struck(text)).to.equal(expected));

  const plain = [
    '-y',
    '--token',
    '@modelcontextprotocol/server-filesystem@2026.8.31',
    'git+https://github.com/oraios/serena',
    'ghcr.io/github/github-mcp-server:v0.5.1',
    'https://api.example.com/v1/mcp/',
    '/Users/me/Documents/a-very-long-name-of-2024.json',
    'LOG_LEVEL=debug',
    'my-very-long-file-name-2024-final.json',
    'server-sequential-thinking-2025-11-25.tgz',
    '--project-ref=abcdefghijklmnopqrst',
  ];
  for (const text of plain) it(`leaves ${text} alone`, () => expect(struck(text)).to.equal(text));

  it('gives spans in order that do not overlap, whatever the text', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom(...Array.from('aZ9:/@?&=-_. #$"')), maxLength: 80 }),
        (text) => {
          let last = 0;
          for (const { start, end } of secretSpans(text)) {
            expect(start).to.be.at.least(last);
            expect(end).to.be.within(start + 1, text.length);
            last = end;
          }
        },
      ),
    );
  });

  it('takes time in proportion to the text', () => {
    const cpu = (text: string): number => {
      const before = process.cpuUsage();
      secretSpans(text);
      isHarmless('name', text);
      const { user, system } = process.cpuUsage(before);
      return user + system;
    };
    for (const piece of ['a-', 'https://', 'a:', '=', 'x@', 'aB3', '?a=b'])
      expect(cpu(piece.repeat(40_000 / piece.length))).to.be.below(2_000_000);
  });
});

describe('settings', () => {
  const harmless = [
    ['LOG_LEVEL', 'debug'],
    ['MAX_TOKENS', '4096'],
    ['PGPASSFILE', '/home/me/.pgpass'],
    ['AWS_REGION', 'us-east-1'],
    ['DATABASE_URL', 'postgres://localhost/db'],
    ['Accept', 'application/json, text/event-stream'],
    ['HOST', 'localhost:8080'],
    ['NODE_OPTIONS', '--max-old-space-size=4096'],
    ['EMPTY_TOKEN', ''],
  ] as const;
  for (const [name, value] of harmless)
    it(`may hold ${name}=${value}`, () => expect(isHarmless(name, value)).to.equal(true));

  const secret = [
    ['GITHUB_TOKEN', 'x'],
    ['DB_PASSWORD', 'horse'],
    ['SLACK_TEAM_ID', 'T01234567'],
    ['DATABASE_URL', 'postgres://app:word@localhost/db'],
    ['PIN', '1234'],
    ['apiKey', 'debug'],
    ['WHATEVER', KEY],
  ] as const;
  for (const [name, value] of secret)
    it(`must not show ${name}`, () => expect(isHarmless(name, value)).to.equal(false));
});
