/**
 * Nothing of what scripts are about reaches a sink that was not told by name to show it.
 *
 * The command serves over HTTP with every sink at once, a client plants a secret in every place (secrets.ts),
 * and each secret is looked for in all that each sink gave away.
 */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect } from 'chai';
import type { TelemetryEvent } from '../../core/index.js';
import { commandLine, killAll, Running } from '../adapters/cli/running.js';
import { recordingBackend, type RecordingBackend } from '../adapters/gateway/auth/recording-backend.js';
import { SECRETS, type Place } from './secrets.js';
import { OtlpReceiver } from '../support/otlp-receiver.js';
import { beside, SHOWING, SINKS, type GivenAway } from './sinks.js';
import { visit } from './visit.js';

describe('the privacy of sinks', function () {
  this.timeout(120_000);

  let folder: string;
  let backend: RecordingBackend;
  let receiver: OtlpReceiver;
  let given: GivenAway;
  let answers: string;
  let secrets: Readonly<Record<Place, string>>;

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'toolscript-privacy-'));
    backend = await recordingBackend();
    receiver = await OtlpReceiver.start();
    await writeFile(join(folder, 'toolscript.json'), JSON.stringify(manifest(backend.url, receiver.url)));
    const served = new Running(commandLine('serve', '--http', '--port', '0'), folder);
    const [, url] = await served.said(/serving on (http:\S+\/mcp)/);
    const { session, answered } = await visit(url!);
    secrets = { ...SECRETS, session };
    answers = answered;
    served.child.kill('SIGTERM');
    await served.ended;
    const lines = (await readFile(join(folder, 'whole.jsonl'), 'utf8')).trimEnd().split('\n');
    const events = lines.map((line) => JSON.parse(line) as TelemetryEvent);
    const otlp = receiver.requests.map(({ body }) => body.toString('latin1')).join('\n');
    given = { folder, stderr: served.notes, events, otlp };
  });
  after(async () => {
    killAll();
    await backend.close();
    await receiver.close();
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

  for (const { sink, kind, may, output, shows } of SHOWING) {
    it(`${sink}, told to show ${kind}: that and nothing else`, async () => {
      const text = await output(given);
      expect(text).to.include(shows);
      expect(found(text)).to.have.members(may);
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
    expect(given.stderr).to.include('server "broken" cannot be started').and.include('[redacted]');
    expect(found(backend.seen.join('\n'))).to.deep.equal(['header']);
    expect(secrets.session).to.match(/\S{16,}/);
  });
});

function manifest(url: string, endpoint: string): object {
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
      broken: {
        type: 'http',
        url: `https://me:${SECRETS.userinfo}@127.0.0.1:1/mcp?token=${SECRETS.parameter}`,
      },
      down: { command: join('no', 'such', 'program'), args: [SECRETS.env], env: { PLANTED: SECRETS.env } },
    },
    codeMode: { enabled: true, limits: { wallTimeMs: 2_000, steps: 100_000 } },
    optimizer: { enabled: true },
    http: { auth: { tokens: [{ id: 'ci', token: SECRETS.token, roles: [SECRETS.claim] }] } },
    telemetry: {
      otlp: { endpoint, headers: { authorization: `Bearer ${SECRETS.header}` } },
      toolhiveNames: true,
    },
    plugins: [
      { use: 'toolscript/plugins/limits/access-list', with: { rules } },
      { use: beside('keeper.mjs') },
      ...[...SINKS, ...SHOWING].flatMap(({ plugin }) => plugin ?? []),
    ],
  };
}
