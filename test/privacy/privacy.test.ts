/**
 * Nothing of what scripts are about reaches a sink that was not told by name to show it.
 *
 * The command serves over HTTP with every sink at once, a client plants a secret in every place (secrets.ts),
 * and each secret is looked for in all that each sink gave away.
 */
import { copyFile, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'chai';
import { CONTENT_KINDS, type ContentKind } from '../../core/index.js';
import { commandLine, killAll, Running } from '../adapters/cli/running.js';
import { recordingBackend, type RecordingBackend } from '../adapters/gateway/auth/recording-backend.js';
import { SECRETS, type Place } from './secrets.js';
import { visit } from './visit.js';

const beside = (file: string): string => fileURLToPath(new URL(file, import.meta.url));

/** What a sink gave away, by the end. */
interface GivenAway {
  readonly folder: string;
  readonly stderr: string;
}

/** A sink in the manifest, and where its output is. */
interface SinkRow {
  readonly sink: string;
  readonly plugin?: { readonly use: string; readonly with?: object };
  readonly output: (given: GivenAway) => Promise<string> | string;
  /** A part of what must be there: a sink that writes nothing keeps every secret. */
  readonly shows: string;
}

const LOG = 'toolscript/plugins/telemetry/log';

const file =
  (name: string) =>
  ({ folder }: GivenAway): Promise<string> =>
    readFile(join(folder, name), 'utf8');

/** Every sink as it comes, telling as much as it tells without a setting named for content. */
const SINKS: readonly SinkRow[] = [
  {
    sink: 'the log',
    plugin: { use: LOG, with: { level: 'debug', destination: 'all.log' } },
    output: file('all.log'),
    shows: '"event":"tool.started"',
  },
  {
    sink: 'a sink of an integrator',
    plugin: { use: beside('recorder.mjs') },
    output: file('events.jsonl'),
    shows: '"name":"tool.started"',
  },
  {
    sink: 'standard error',
    plugin: { use: LOG, with: { level: 'debug' } },
    output: ({ stderr }) => stderr,
    shows: '"event":"tool.started"',
  },
];

/** What each content holds; what a tool answers is its result, whether it calls it an error or not. */
const CONTENT: Readonly<Record<ContentKind, readonly Place[]>> = {
  script: ['script'],
  data: ['data'],
  arguments: ['argument'],
  argumentHash: [],
  result: ['returned', 'text', 'structured', 'toolError'],
  logs: ['printed'],
  error: ['thrown', 'toolError', 'crash'],
};

/** Sinks with a setting for content, told to show one kind each. */
const SHOWING: readonly (SinkRow & { readonly kind: ContentKind })[] = CONTENT_KINDS.map((kind) => ({
  sink: 'the log',
  kind,
  plugin: {
    use: LOG,
    with: { level: 'debug', destination: `${kind}.log`, content: [kind], contentLength: 10_000 },
  },
  output: file(`${kind}.log`),
  shows: '"event":"tool.started"',
}));

describe('the privacy of sinks', function () {
  this.timeout(60_000);

  let folder: string;
  let backend: RecordingBackend;
  let given: GivenAway;
  let answers: string;
  let secrets: Readonly<Record<Place, string>>;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'toolscript-privacy-'));
    backend = await recordingBackend();
    await copyFile(beside('recorder.mjs'), join(folder, 'recorder.mjs'));
    await writeFile(join(folder, 'toolscript.json'), JSON.stringify(manifest(backend.url)));
    const served = new Running(commandLine('serve', '--http', '--port', '0'), folder);
    const [, url] = await served.said(/serving on (http:\S+\/mcp)/);
    const { session, answered } = await visit(url!);
    secrets = { ...SECRETS, session };
    answers = answered;
    served.child.kill('SIGTERM');
    await served.ended;
    given = { folder, stderr: served.notes };
  });
  after(async () => {
    killAll();
    await backend.close();
    await rm(folder, { recursive: true, force: true });
  });

  /** Which secrets stand in a text. */
  const found = (text: string): Place[] =>
    (Object.keys(secrets) as Place[]).filter((place) => text.includes(secrets[place]));

  for (const { sink, output, shows } of SINKS) {
    it(`${sink}: no secret`, async () => {
      const text = await output(given);
      expect(text).to.include(shows);
      expect(found(text)).to.deep.equal([]);
    });
  }

  for (const { sink, kind, output, shows } of SHOWING) {
    it(`${sink}, told to show ${kind}: that and nothing else`, async () => {
      const text = await output(given);
      expect(text).to.include(shows);
      expect(found(text)).to.have.members(CONTENT[kind]);
    });
  }

  it('is tried with secrets that arrived: at the client, and at the servers', () => {
    expect(found(answers)).to.include.members([
      'returned',
      'printed',
      'thrown',
      'text',
      'structured',
      'toolError',
      'question',
      'schema',
      'description',
      'resource',
      'prompt',
    ]);
    expect(found(backend.seen.join('\n'))).to.deep.equal(['header']);
    expect(secrets.session).to.match(/\S{16,}/);
  });
});

function manifest(url: string): object {
  const [node, server] = [process.execPath, beside('planted-server.mjs')];
  const rules = [
    { deny: { tools: ['forbidden'] }, when: [{ argument: 'q', equals: SECRETS.argument }] },
    { deny: { prompts: ['hidden'], resources: ['test://other/*'] } },
    { allow: { tools: ['*'], codeMode: true, resources: ['*'], prompts: ['*'] } },
  ];
  return {
    mcpServers: {
      planted: { command: node, args: [server, JSON.stringify(SECRETS)], env: { PLANTED: SECRETS.env } },
      remote: { type: 'http', url, headers: { Authorization: `Bearer ${SECRETS.header}` } },
      down: { command: join('no', 'such', 'program'), args: [SECRETS.env], env: { PLANTED: SECRETS.env } },
    },
    codeMode: { enabled: true, limits: { wallTimeMs: 2_000, steps: 100_000 } },
    optimizer: { enabled: true },
    http: { auth: { tokens: [{ id: 'ci', token: SECRETS.token, roles: [SECRETS.claim] }] } },
    plugins: [
      { use: 'toolscript/plugins/limits/access-list', with: { rules } },
      ...[...SINKS, ...SHOWING].flatMap(({ plugin }) => plugin ?? []),
    ],
  };
}
