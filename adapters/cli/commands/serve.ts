/** `toolscript serve`: the gateway in front of the servers of a manifest. */
import { InvalidArgumentError, Option, type Command } from 'commander';

import type { Manifest } from '../../../core/manifest/index.js';
import { withComposition, type Composition } from '../compose.js';
import { EXIT_CODES, type Answer } from '../exit-code.js';
import { interruptible } from '../interruption.js';
import { DEFAULT_MANIFEST, openManifest } from '../manifest-option.js';
import { openHttp, openStdio, type HttpChoice, type OpenDoor } from '../open-door.js';
import { printable, type Terminal } from '../terminal.js';
import { UsageError } from '../usage-error.js';

interface ServeOptions extends HttpChoice {
  readonly config?: string;
  readonly http?: true;
  readonly codeMode?: true;
}

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
  const manifest = await openManifest(options.config, terminal);
  const scriptTool = options.codeMode ?? manifest.codeMode.enabled;
  const report = (line: string): void => terminal.warn(line);
  await interruptible(({ asked }) =>
    withComposition(manifest, { report, servers: 'soon' }, async (composition) => {
      const gateway = await composition.gateway({ scriptTool });
      const door =
        output === undefined
          ? await openHttp(gateway, composition, manifest, options)
          : openStdio(gateway, terminal.input, output);
      terminal.note(printable(`serving on ${door.place}: ${describe(manifest, scriptTool)}`));
      const isAsked = await Promise.race([door.closed.then(() => false), asked.then(() => true)]);
      if (isAsked) await empty(door, manifest, composition, terminal);
      await door.close();
    }),
  );
}

/** What is under way is answered, or told that it is cancelled when it takes too long. */
async function empty(
  door: OpenDoor,
  { http }: Manifest,
  { codeMode }: Composition,
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

function describe({ servers }: Manifest, scriptTool: boolean): string {
  const count = servers.size === 1 ? '1 server' : `${servers.size} servers`;
  const mode = scriptTool ? 'on' : 'off (codeMode.enabled or --code-mode switches it on)';
  return `${count} behind us, code mode ${mode}`;
}
