import { readFileSync } from 'node:fs';
import { mkdtemp, readdir, readFile, rm, stat, writeFile, mkdir, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { expect } from 'chai';

import {
  DEFAULT_LIMITS,
  VERSION,
  type Caller,
  type EndCode,
  type TelemetryEvent,
  type TelemetrySink,
  type Usage,
} from '../../../../core/index.js';
import { loadManifest, ManifestError, resolvePlugins } from '../../../../core/manifest/index.js';
import pingPlugin, * as door from '../../../../plugins/telemetry/ping/index.js';
import { createPingSink, previewPing } from '../../../../plugins/telemetry/ping/index.js';
import { installId, stateFolder } from '../../../../plugins/telemetry/ping/install-id.js';
import { sizeClass } from '../../../../plugins/telemetry/ping/size-class.js';
import { HandClock, settled } from '../../../support/hand-clock.js';
import { Receiver, silence, status } from './receiver.js';

const ID = '6f9619ff-8b86-4011-b42d-00c04fc964ff';
const SECRET = 'hunter2-and-more';
const PAGE = readFileSync(new URL('../../../../docs/reference/ping.md', import.meta.url), 'utf8');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

let folder: string;
let receiver: Receiver;
let clock: HandClock;
const sinks: TelemetrySink[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'toolscript-ping-'));
  receiver = await Receiver.start();
  clock = new HandClock();
});
afterEach(async () => {
  clock = new HandClock();
  for (const sink of sinks.splice(0)) await sink.close?.();
  await receiver.close();
  await rm(folder, { recursive: true, force: true });
});

async function keepId(): Promise<void> {
  await mkdir(join(folder, 'toolscript'));
  await writeFile(join(folder, 'toolscript/install-id'), `${ID}\n`);
}

/** A sink on the hand's clock, at even times: chance is always one half. */
function ping(more: Partial<Parameters<typeof createPingSink>[0]> = {}): TelemetrySink {
  const env = { XDG_STATE_HOME: folder, HOME: folder };
  const sink = createPingSink({ url: receiver.url, clock, random: () => 0.5, env, ...more });
  sinks.push(sink);
  return sink;
}

/** Lets time pass until the server has so many pings, and the sink knows what became of the last. */
async function passed(ms: number, pings: number): Promise<void> {
  await clock.advance(ms);
  await receiver.got(pings);
  await known();
}

/** The sink plans its next ping, later than any answer may come, when it knows what became of one. */
async function known(): Promise<void> {
  while (clock.pending !== 1 || clock.untilNextMs <= 5_000) await settled();
}

const caller: Caller = { id: SECRET, claims: { token: SECRET }, session: SECRET };
const script = { runId: 'r1', caller, scriptHash: 'ab'.repeat(32), runtime: 'starlark' } as const;
const usage: Usage = {
  steps: 12,
  memoryBytes: 340,
  toolCalls: 2,
  branches: 0,
  parallelPeak: 1,
  outputBytes: 4,
  logBytes: 0,
  wallTimeMs: 12,
  waitMs: 7,
};

function finished(code: EndCode): TelemetryEvent {
  return { name: 'script.finished', ...script, code, usage, resultBytes: 40, savedTokens: 9 };
}

function called(mode: 'script' | 'direct'): TelemetryEvent {
  const times = { startedMs: 1, queuedMs: 0, ranMs: 5 };
  const tool = { callId: 'c1', tool: SECRET, backend: SECRET, resultBytes: 4 };
  return { name: 'tool.called', ...tool, caller, mode, code: 'ok', status: 'succeeded', ...times };
}

const EVENTS: readonly TelemetryEvent[] = [
  {
    name: 'service.started',
    service: 'gateway',
    version: VERSION,
    codeMode: true,
    optimizer: false,
  },
  { name: 'backend.changed', backend: SECRET, up: true, tools: 30, problems: [SECRET] },
  { name: 'backend.changed', backend: 'other', up: false, tools: 0, problems: [] },
  { name: 'script.started', ...script, scriptBytes: 99, tools: 31, queuedMs: 0, limits: DEFAULT_LIMITS },
  ...(
    ['ok', 'ok', 'script/runtime', 'limit/wall-time', 'limit/steps', 'cancelled', 'tool/failed'] as const
  ).map(finished),
  { name: 'script.refused', ...script, code: 'tool/denied', queuedMs: 0, reason: SECRET },
  called('script'),
  called('script'),
  called('direct'),
  { name: 'limit.met', limit: 'steps', bound: 5, caller, tool: SECRET },
];

describe('the ping', () => {
  it('is a plugin of the kind sink, whose door has these names', () => {
    expect(pingPlugin).to.include({ name: 'ping', kind: 'sink' });
    expect(Object.keys(door).sort()).to.deep.equal(['createPingSink', 'default', 'previewPing']);
  });

  it('is these bytes, byte for byte', async () => {
    await keepId();
    const sink = ping();
    for (const event of EVENTS) sink.record(event);
    await passed(HOUR, 1);
    const body =
      `{"ping":1,"id":"${ID}","idKept":true,"version":"${VERSION}",` +
      `"node":${process.versions.node.split('.')[0]!},"platform":"${process.platform}",` +
      '"codeMode":true,"optimizer":false,"backends":"2-5","tools":"21-100","seconds":3600,' +
      '"scripts":{"success":2,"error":2,"timeout":1,"limit":1,"refused":1,"cancelled":1},' +
      '"toolCalls":{"script":2,"direct":1}}\n';
    const head = [
      'POST /ping?of=us HTTP/1.1',
      `Host: 127.0.0.1:${String(receiver.port)}`,
      'User-Agent: toolscript',
      'Content-Type: application/json',
      `Content-Length: ${String(body.length)}`,
      'Connection: close',
    ];
    expect(receiver.requests).to.deep.equal([`${head.join('\r\n')}\r\n\r\n${body}`]);
    expect(receiver.requests.join()).not.to.contain(SECRET);
  });

  it('is shown on its page as it is', async () => {
    await keepId();
    const sink = ping();
    for (const event of EVENTS) sink.record(event);
    await passed(HOUR, 1);
    const [, shown = ''] = /```json\n(\{"ping".*\n)```/.exec(PAGE) ?? [];
    const here = (body: string): object => ({ ...(JSON.parse(body) as object), node: 20, platform: 'linux' });
    const [, body = ''] = receiver.requests[0]!.split('\r\n\r\n');
    expect(JSON.stringify(here(body))).to.equal(JSON.stringify(JSON.parse(shown)));
  });

  it('is shown before by the same bytes that are sent', async () => {
    await keepId();
    const shown = await previewPing(
      receiver.url,
      { version: null, codeMode: null, optimizer: null, backends: 0, tools: 0 },
      { XDG_STATE_HOME: folder },
    );
    ping();
    await passed(HOUR, 1);
    const head = [`POST /ping?of=us HTTP/1.1`, ...shown.headers.map(([name, value]) => `${name}: ${value}`)];
    const sent = receiver.requests[0]!.replace('"seconds":3600', '"seconds":0').replace(
      /(?<=Length: )\d+/,
      (n) => String(Number(n) - 3),
    );
    expect(sent).to.equal(`${head.join('\r\n')}\r\n\r\n${shown.body}`);
    expect([shown.hasId, shown.forbiddenBy]).to.deep.equal([true, undefined]);
  });

  it('tells each period once, also one without anything', async () => {
    const sink = ping();
    sink.record(called('direct'));
    await passed(HOUR, 1);
    sink.record(called('script'));
    await passed(DAY, 2);
    await passed(DAY, 3);
    expect(receiver.bodies.map(({ toolCalls, seconds }) => [toolCalls, seconds])).to.deep.equal([
      [{ script: 0, direct: 1 }, 3_600],
      [{ script: 1, direct: 0 }, 86_400],
      [{ script: 0, direct: 0 }, 86_400],
    ]);
  });

  it('sends no version of somebody else', async () => {
    const sink = ping();
    sink.record({
      name: 'service.started',
      service: SECRET,
      version: SECRET,
      codeMode: true,
      optimizer: true,
    });
    await passed(HOUR, 1);
    expect(receiver.bodies[0]).to.include({ version: null, codeMode: true, optimizer: true });
  });

  it('keeps to its classes', () => {
    expect([0, 1, 2, 5, 6, 20, 21, 100, 101, 500, 501, 1e9].map(sizeClass)).to.deep.equal(
      '0 1 2-5 2-5 6-20 6-20 21-100 21-100 101-500 101-500 501+ 501+'.split(' '),
    );
  });
});

describe('a ping that does not come through', () => {
  for (const [what, line] of [
    ['refused', '503 Service Unavailable'],
    ['gone', '410 Gone'],
    ['redirected', '308 Permanent Redirect'],
  ] as const) {
    it(`is told with the next one: ${what}`, async () => {
      const elsewhere = await Receiver.start();
      try {
        const sink = ping();
        sink.record(called('direct'));
        receiver.answer = status(line, `Location: ${elsewhere.url}`);
        await passed(HOUR, 1);
        receiver.answer = status('200 OK');
        sink.record(called('direct'));
        await passed(600_000, 2);
        expect(elsewhere.requests).to.deep.equal([]);
        expect(receiver.bodies[1]).to.deep.include({ toolCalls: { script: 0, direct: 2 }, seconds: 4_200 });
      } finally {
        await elsewhere.close();
      }
    });
  }

  it('is not told again when it may have come through: the server took it and hung', async () => {
    const sink = ping();
    sink.record(called('direct'));
    receiver.answer = silence;
    await clock.advance(HOUR);
    await receiver.got(1);
    expect(clock.pending).to.equal(1);
    await clock.advance(5_000);
    await known();
    receiver.answer = status('204 No Content');
    await passed(600_000, 2);
    expect(receiver.bodies.map(({ toolCalls }) => toolCalls)).to.deep.equal([
      { script: 0, direct: 1 },
      { script: 0, direct: 0 },
    ]);
  });

  it('reads nothing of what it is answered', async () => {
    let isCutOff = false;
    receiver.answer = (socket) => {
      socket.on('close', () => (isCutOff = true));
      socket.write('HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n');
      const more = (): void => {
        if (socket.writable) socket.write(`4000\r\n${'x'.repeat(0x4000)}\r\n`, more);
      };
      more();
    };
    ping();
    await passed(HOUR, 1);
    while (!isCutOff) await settled();
  });

  it('takes no answer that is none for one', async () => {
    receiver.answer = (socket) => socket.end('hello\r\n\r\n');
    ping();
    await passed(HOUR, 1);
    await passed(600_000, 2);
  });

  it('is tried less and less often, then never again, and the other sinks are told once', async () => {
    const told: [number, string][] = [];
    const sink = ping();
    sink.attach?.({
      dropped: (events, reason) => void told.push([events, reason]),
      changed: () => undefined,
    });
    receiver.answer = status('500 Internal Server Error');
    const waits = [HOUR, 600_000, 1_200_000, 2_400_000, 4_800_000, 9_600_000, 19_200_000];
    for (const [index, wait] of waits.entries()) {
      await clock.advance(wait - 1);
      expect(receiver.requests).to.have.length(index);
      await passed(1, index + 1);
    }
    await clock.advance(38_400_000);
    await receiver.got(8);
    while (told.length === 0) await settled();
    expect(clock.pending).to.equal(0);
    await clock.advance(100 * DAY);
    sink.record(called('direct'));
    await sink.close?.();
    expect(receiver.requests).to.have.length(8);
    expect(told).to.deep.equal([[1, 'no ping came through in 8 attempts, no further one is tried']]);
  });

  it('is told with the next one when nobody listens there', async () => {
    const free = await Receiver.start();
    const nobody = free.url;
    await free.close();
    const sink = ping({ url: nobody });
    sink.record(called('direct'));
    await clock.advance(HOUR);
    await known();
    // Ten minutes later, not a day: it is known that it failed.
    await clock.advance(600_000);
    await known();
    await sink.close?.();
    expect(clock.pending).to.equal(0);
  });

  it('comes at times that chance spreads', async () => {
    ping({ random: () => 0 });
    await passed(HOUR * 0.75, 1);
    await clock.advance(DAY * 0.75 - 1);
    expect(receiver.requests).to.have.length(1);
    await passed(1, 2);
  });
});

describe('the end', () => {
  it('tells what was not told yet', async () => {
    const sink = ping();
    await clock.advance(60_000);
    sink.record(called('direct'));
    await sink.close?.();
    expect(receiver.bodies).to.have.length(1);
    expect(receiver.bodies[0]).to.deep.include({ toolCalls: { script: 0, direct: 1 }, seconds: 60 });
    await sink.close?.();
    expect([receiver.requests.length, clock.pending]).to.deep.equal([1, 0]);
  });

  it('of a life without anything tells nothing', async () => {
    const sink = ping();
    await clock.advance(HOUR - 1);
    await sink.close?.();
    expect([receiver.requests.length, clock.pending]).to.deep.equal([0, 0]);
  });

  it('of a command tells nothing', async () => {
    const sink = ping();
    sink.record(called('direct'));
    await clock.advance(59_999);
    await sink.close?.();
    expect(receiver.requests).to.deep.equal([]);
  });

  it('waits a moment, not longer', async () => {
    receiver.answer = silence;
    const sink = ping();
    await clock.advance(60_000);
    sink.record(called('direct'));
    let isClosed = false;
    const closing = Promise.resolve(sink.close?.()).then(() => (isClosed = true));
    await receiver.got(1);
    await clock.advance(1_499);
    expect(isClosed).to.equal(false);
    await clock.advance(1);
    await closing;
    while (clock.pending > 0) await settled();
  });

  it('waits for a ping that is under way, and sends no second one', async () => {
    receiver.answer = silence;
    const sink = ping();
    await clock.advance(HOUR);
    await receiver.got(1);
    sink.record(called('direct'));
    const closing = sink.close?.();
    await clock.advance(1_500);
    await closing;
    expect(receiver.requests).to.have.length(1);
  });
});

describe('the ping is off', () => {
  const [, sentence = ''] = /## What forbids it\n([^]*?)\n## /.exec(PAGE) ?? [];
  const names = [...sentence.matchAll(/`([A-Z_]{2,})`/g)].map(([, name]) => name!);

  it('by thirteen variables', () => {
    expect(names).to.have.length(13);
    expect(names).to.include.members(['DO_NOT_TRACK', 'CI', 'TOOLSCRIPT_NO_PING']);
  });

  for (const name of names) {
    it(`where ${name} is set, and makes no id`, async () => {
      const sink = ping({ env: { XDG_STATE_HOME: folder, [name]: '1' } });
      for (const event of EVENTS) sink.record(event);
      expect(clock.pending).to.equal(0);
      await clock.advance(10 * DAY);
      await sink.close?.();
      expect([receiver.requests, await readdir(folder)]).to.deep.equal([[], []]);
      const shown = await previewPing(receiver.url, FACTS, { XDG_STATE_HOME: folder, [name]: 'yes' });
      expect(shown.forbiddenBy).to.equal(name);
    });
  }

  it('but not where one says no', () => {
    ping({ env: { XDG_STATE_HOME: folder, DO_NOT_TRACK: '0', CI: 'false', TRAVIS: '' } });
    expect(clock.pending).to.equal(1);
  });
});

const FACTS = { version: null, codeMode: null, optimizer: null, backends: 0, tools: 0 };

describe('the id of an installation', () => {
  it('is drawn once, and only its owner may read it', async () => {
    const state = join(folder, 'a/b/toolscript');
    const both = await Promise.all([installId(state), installId(state), installId(state)]);
    expect(new Set(both.map(({ id }) => id)).size).to.equal(1);
    expect(both[0].isKept).to.equal(true);
    expect(await installId(state)).to.deep.equal(both[0]);
    expect(await readdir(state)).to.deep.equal(['install-id']);
    const path = join(state, 'install-id');
    expect((await stat(path)).mode & 0o777).to.equal(0o600);
    expect((await stat(state)).mode & 0o777).to.equal(0o700);
    expect(await readFile(path, 'utf8')).to.equal(`${both[0].id}\n`);
  });

  it('is drawn anew in place of what is none', async () => {
    await writeFile(join(folder, 'install-id'), `${SECRET}\n`);
    const drawn = await installId(folder);
    expect(drawn.id).to.match(/^[0-9a-f-]{36}$/);
    expect(await installId(folder)).to.deep.equal(drawn);
    expect(await readFile(join(folder, 'install-id'), 'utf8')).to.equal(`${drawn.id}\n`);
  });

  it('is not read through a link', async () => {
    await writeFile(join(folder, 'other'), `${ID}\n`);
    await symlink(join(folder, 'other'), join(folder, 'install-id'));
    expect((await installId(folder)).id).not.to.equal(ID);
    expect(await readFile(join(folder, 'other'), 'utf8')).to.equal(`${ID}\n`);
  });

  it('lives as long as the process where none can be kept, and says so', async () => {
    await writeFile(join(folder, 'file'), '');
    const first = await installId(join(folder, 'file/below'));
    expect(first.isKept).to.equal(false);
    expect(await installId(join(folder, 'file/elsewhere'))).to.deep.equal(first);
  });

  it('is kept where each platform keeps such things', () => {
    const env = { HOME: '/h', XDG_STATE_HOME: '/x', LOCALAPPDATA: '/l' };
    expect([
      stateFolder(env, 'linux'),
      stateFolder({ HOME: '/h', XDG_STATE_HOME: 'relative' }, 'linux'),
      stateFolder(env, 'darwin'),
      stateFolder(env, 'win32'),
    ]).to.deep.equal([
      '/x/toolscript',
      '/h/.local/state/toolscript',
      '/h/Library/Application Support/toolscript',
      '/l/toolscript',
    ]);
  });

  it('is drawn by the first ping, not before', async () => {
    ping();
    await clock.advance(HOUR - 1);
    expect(await readdir(folder)).to.deep.equal([]);
    await passed(1, 1);
    expect(receiver.bodies[0]).to.deep.include(
      await installId(join(folder, 'toolscript')).then(({ id }) => ({ id })),
    );
  });
});

describe('the ping as a plugin', () => {
  const faults: readonly (readonly [object, string])[] = [
    [{}, 'wanted an address that starts with https://'],
    [{ url: 'example.org' }, 'wanted an address that starts with https://'],
    [{ url: 'http://example.org/' }, 'wanted https://, or http:// with a name of this very machine'],
    [{ url: 'ftp://localhost/' }, 'wanted https://, or http:// with a name of this very machine'],
    [
      { url: 'http://localhost.example.org/' },
      'wanted https://, or http:// with a name of this very machine',
    ],
    [{ url: 'https://ann:word@example.org/' }, 'wanted no name or password in it'],
    [{ url: 'https://example.org/#x' }, 'wanted no fragment in it'],
    [{ url: 'https://example.org/', firstMs: 59_999 }, 'wanted milliseconds, from a minute to 23 days'],
    [{ url: 'https://example.org/', periodMs: 1 }, 'wanted milliseconds, from an hour to 23 days'],
  ];
  for (const [settings, wanted] of faults) {
    it(`refuses ${JSON.stringify(settings)}`, async () => {
      const failure = await loaded(settings).catch((error: unknown) => error);
      expect(failure).to.be.instanceOf(ManifestError);
      expect((failure as ManifestError).message).to.contain(wanted);
    });
  }

  for (const url of [
    'https://example.org/p',
    'http://127.0.0.1:9/',
    'http://[::1]:9/',
    'http://localhost:9/',
  ]) {
    it(`takes ${url}`, async () => {
      const [entry] = await loaded({ url });
      expect([entry!.plugin.name, entry!.plugin.kind]).to.deep.equal(['ping', 'sink']);
      expect(entry!.config).to.deep.equal({ url, firstMs: HOUR, periodMs: DAY });
    });
  }

  async function loaded(settings: object) {
    const entry = { use: 'toolscript/plugins/telemetry/ping', with: settings };
    return resolvePlugins(await loadManifest({ plugins: [entry] }, { folder }));
  }
});
