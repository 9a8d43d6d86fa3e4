/** `toolscript serve`: the gateway in front of the servers of a manifest. */
import type { Writable } from 'node:stream';

import { InvalidArgumentError, Option, type Command } from 'commander';

import { systemClock } from '../../../core/index.js';
import type { Manifest } from '../../../core/manifest/index.js';
import {
  createExports,
  createRecorder,
  openConsole,
  openGateway,
  type ConsoleDoor,
  type RunRecorder,
} from '../compose/index.js';
import { EXIT_CODES, type Answer } from '../exit-code.js';
import { interruptible, type Interruption } from '../interruption.js';
import { LiveComposition } from '../live-composition.js';
import { DEFAULT_MANIFEST, openManifest } from '../manifest-option.js';
import { FileWatch } from '../file-watch.js';
import { openHttp, openStdio, type HttpChoice, type OpenDoor } from '../open-door.js';
import { Reloading } from '../reloading.js';
import { ownCaller } from '../own-caller.js';
import { printable, type Terminal } from '../terminal.js';
import { UsageError } from '../usage-error.js';

interface ServeOptions extends HttpChoice {
  readonly config?: string;
  readonly http?: true;
  readonly codeMode?: true;
  readonly optimizer?: true;
  readonly watch: boolean;
  /** `true` for a free port. */
  readonly console?: true | number;
}

const EXAMPLES = `
Examples:
  toolscript serve                                       one client over stdio, from ./toolscript.json
  toolscript serve -c ~/.cursor/mcp.json --code-mode     a client's own file, and execute_tool_script
  toolscript serve --http --port 8080                    clients on this machine, over HTTP
  toolscript serve --http --allowed-host tools.example   clients elsewhere, through a proxy here
  toolscript serve --http --console                      and a page that shows scripts as they run
`;

/** Adds the command. */
export function addServe(program: Command, terminal: Terminal, answer: Answer): void {
  program
    .command('serve')
    .description('Serves the tools of all servers, and execute_tool_script, to an MCP client.')
    .option(
      '-c, --config <file>',
      `the manifest, or a client's mcpServers file (default: ./${DEFAULT_MANIFEST})`,
    )
    .option('--stdio', 'serve one client over standard input and output (the default)')
    .addOption(new Option('--http', 'serve any number of clients over Streamable HTTP').conflicts('stdio'))
    .option('--host <host>', 'with --http: where to listen (default: 127.0.0.1)')
    .option('--port <number>', 'with --http: the port; 0 takes a free one (default: 8080)', readPort)
    .option('--path <path>', 'with --http: the path that answers (default: /mcp)')
    .option('--allowed-host <name...>', 'with --http: host names by which clients may come, beside loopback')
    .option('--insecure', 'with --http: serve others without authentication, which a proxy in front does')
    .option('--code-mode', 'offer execute_tool_script even if the manifest does not')
    .option('--optimizer', 'list find_tool and call_tool in place of all tools even if the manifest does not')
    .option(
      '--console [port]',
      'show scripts as they run, on a page for this machine alone (default: on a free port)',
      readPort,
    )
    .option('--no-watch', 'take an edited manifest up on SIGHUP only')
    .addHelpText('after', EXAMPLES)
    .action(async (options: ServeOptions) => {
      await serve(options, terminal);
      answer(EXIT_CODES.ok);
    });
}

function readPort(text: string): number {
  const port = /^\d{1,5}$/.test(text) ? Number(text) : Number.NaN;
  if (port >= 0 && port <= 65_535) return port;
  throw new InvalidArgumentError('wanted a number from 0 to 65535');
}

async function serve(options: ServeOptions, terminal: Terminal): Promise<void> {
  checkOptions(options);
  const output = options.http === true ? undefined : terminal.reserveOutput();
  const load = (): Promise<Manifest> => openManifest(options.config, terminal);
  const manifest = await load();
  const report = (line: string): void => terminal.warn(line);
  let reloading: Reloading | undefined;
  const reload = (): void => reloading?.ask();
  const serving = async ({ asked }: Interruption): Promise<void> => {
    const recorder = options.console === undefined ? undefined : await createRecorder('stdio');
    const live = await LiveComposition.start(manifest, {
      codeMode: options.codeMode,
      optimizer: options.optimizer,
      report,
      sinks: recorder === undefined ? [] : [recorder],
      exports: createExports({ report, note: (line) => terminal.note(printable(line)), scraped: true }),
    });
    reloading = new Reloading({ live, load, terminal });
    const watch = options.watch ? watchManifest(options.config, reload) : undefined;
    let page: ConsoleDoor | undefined;
    try {
      page = recorder && (await showConsole(recorder, live, options, terminal));
      await serveUntil(asked, live, { options, output, terminal });
    } finally {
      await Promise.all([page?.close(), watch?.close(), reloading.close()]);
      await live.close();
    }
  };
  await interruptible(serving, isAttended(terminal) ? undefined : reload);
}

/** Opens the console in front of what is served, by one composition after another. */
async function showConsole(
  recorder: RunRecorder,
  live: LiveComposition,
  { console: port }: ServeOptions,
  terminal: Terminal,
): Promise<ConsoleDoor> {
  const door = await openConsole({
    recorder,
    codeMode: live.codeMode,
    caller: () => ownCaller(live.manifest),
    offers: () => ({ codeMode: live.offersScripts(), optimizer: live.optimizes() }),
    ...(typeof port === 'number' && { port }),
  });
  terminal.note(`console on ${door.url}`);
  return door;
}

/** At a terminal SIGHUP says that it was closed; a service hears it as the wish to read its manifest again. */
function isAttended({ input, isWatched }: Terminal): boolean {
  return isWatched || ('isTTY' in input && input.isTTY === true);
}

function watchManifest(file = DEFAULT_MANIFEST, onChange: () => void): FileWatch {
  return new FileWatch({ file, clock: systemClock, onChange });
}

interface Place {
  readonly options: ServeOptions;
  /** Of a client that is served over this process's own streams. */
  readonly output: Writable | undefined;
  readonly terminal: Terminal;
}

async function serveUntil(asked: Promise<void>, live: LiveComposition, place: Place): Promise<void> {
  const { options, output, terminal } = place;
  const { codeMode, manifest, offersScripts } = live;
  const report = (line: string): void => terminal.warn(line);
  const gateway = await openGateway({ codeMode, scriptTool: offersScripts }, manifest, report);
  const door =
    output === undefined
      ? await openHttp(gateway, live, manifest, options)
      : openStdio(gateway, { input: terminal.input, output, caller: ownCaller(manifest) });
  terminal.note(printable(`serving on ${door.place}: ${describe(live)}`));
  const isAsked = await Promise.race([door.closed.then(() => false), asked.then(() => true)]);
  if (isAsked) await empty(door, live, terminal);
  await door.close();
}

/** What is under way is answered, or told that it is cancelled when it takes too long. */
async function empty(
  door: OpenDoor,
  { codeMode, manifest: { http } }: LiveComposition,
  terminal: Terminal,
): Promise<void> {
  if (await door.drain({ withinMs: http.drainMs, delayMs: http.drainDelayMs })) return;
  terminal.note(
    `stopping: not everything was answered within ${String(http.drainMs)} ms, the rest is cancelled`,
  );
  await codeMode.close();
  await door.drain({ withinMs: FAREWELL_MS });
}

/** How long clients may take to read that they are cancelled. */
const FAREWELL_MS = 1_000;

function checkOptions(options: ServeOptions): void {
  if (options.http === true) return;
  for (const name of ['host', 'port', 'path', 'allowedHost', 'insecure'] as const) {
    if (options[name] !== undefined)
      throw new UsageError(`--${dashed(name)}: wanted only together with --http`);
  }
}

function dashed(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);
}

function describe({ manifest: { servers }, offersScripts, optimizes }: LiveComposition): string {
  const count = servers.size === 1 ? '1 server' : `${servers.size} servers`;
  const mode = offersScripts() ? 'on' : 'off (codeMode.enabled or --code-mode switches it on)';
  return `${count} behind us, code mode ${mode}${optimizes() ? ', optimizer on' : ''}`;
}
