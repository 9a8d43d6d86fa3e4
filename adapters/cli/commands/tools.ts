/** `toolscript tools`: what a script could call, and how the servers behind it are doing. */
import type { Command } from 'commander';

import {
  nearestName,
  ToolCatalog,
  type BackendState,
  type ScriptRuntime,
  type ToolDefinition,
  type ToolOrigin,
} from '../../../core/index.js';
import { clientLines, clientList, type ClientList } from '../client-list.js';
import { withComposition } from '../compose/index.js';
import { EXIT_CODES, type Answer, type ExitCode } from '../exit-code.js';
import { DEFAULT_MANIFEST, openManifest } from '../manifest-option.js';
import { ownCaller } from '../own-caller.js';
import { printable, type Terminal } from '../terminal.js';

interface ToolsOptions {
  readonly client?: true;
  readonly config?: string;
  readonly json?: true;
}

/** What the servers offer at this moment. */
interface Offer {
  /** By listed name, whose a tool is. */
  readonly origins: ReadonlyMap<string, ToolOrigin>;
  readonly tools: readonly ToolDefinition[];
  readonly backends: readonly BackendState[];
  readonly runtime: ScriptRuntime;
  /** Where it was asked for. */
  readonly client?: ClientList;
}

const LIST_EXAMPLES = `
Examples:
  toolscript tools list                   servers, their states and their tools
  toolscript tools list -c mcp.json       those of a client's own file
  toolscript tools list --client --json   what a client of the gateway is listed
`;

const SHOW_EXAMPLES = `
Examples:
  toolscript tools show read_file          how a script calls it, and what it takes
  toolscript tools show read_file --json   its definition
`;

/** Adds the commands. */
export function addTools(program: Command, terminal: Terminal, answer: Answer): void {
  const tools = program.command('tools').description('Shows the tools that scripts may call.');
  tools
    .command('list')
    .description('Lists the servers with their states, and all tools.')
    .option('-c, --config <file>', `the manifest (default: ./${DEFAULT_MANIFEST})`)
    .option('--client', 'list what a client of the gateway is listed instead, with estimated tokens')
    .option('--json', 'print definitions and states as JSON')
    .addHelpText('after', LIST_EXAMPLES)
    .action(async (options: ToolsOptions) => {
      answer(list(await gather(options, terminal), options, terminal));
    });
  tools
    .command('show')
    .description('Shows one tool: how a script calls it, and what it takes.')
    .argument('<name>', 'its name, as listed or as scripts call it')
    .option('-c, --config <file>', `the manifest (default: ./${DEFAULT_MANIFEST})`)
    .option('--json', 'print its definition as JSON')
    .addHelpText('after', SHOW_EXAMPLES)
    .action(async (name: string, options: ToolsOptions) => {
      answer(show(name, await gather(options, terminal), options, terminal));
    });
}

async function gather(options: ToolsOptions, terminal: Terminal): Promise<Offer> {
  const manifest = await openManifest(options.config, terminal);
  // What is wrong with a server is in its state, which is shown.
  const report = (): void => undefined;
  return withComposition(manifest, { report, servers: 'all' }, async (composition) => {
    const { codeMode, runtime, origin } = composition;
    const caller = ownCaller(manifest);
    const tools = await codeMode.listTools(caller);
    const client = options.client && (await clientList(composition, caller, manifest.codeMode.enabled));
    const origins = new Map(
      tools.flatMap(({ name }) => {
        const known = origin(name);
        return known === undefined ? [] : [[name, known] as const];
      }),
    );
    const offer = { tools, backends: codeMode.backends(), runtime, origins };
    return client === undefined ? offer : { ...offer, client };
  });
}

function list(offer: Offer, options: ToolsOptions, terminal: Terminal): ExitCode {
  const { tools, backends, origins, client } = offer;
  const all = client ?? { tools, origins: Object.fromEntries(origins) };
  const lines =
    client === undefined ? toolLines(offer, terminal.columns) : clientLines(client, terminal.columns);
  terminal.out(
    options.json === true
      ? json({ backends, ...all })
      : [...backendLines(backends), ...lines].join('\n') + '\n',
  );
  return backends.every(({ up }) => up) ? EXIT_CODES.ok : EXIT_CODES.unavailable;
}

function backendLines(backends: readonly BackendState[]): string[] {
  const width = Math.max(0, ...backends.map(({ name }) => name.length));
  const lines = backends.flatMap(({ name, up, tools, problems }) => [
    `${printable(name).padEnd(width)}  ${up ? `up, ${tools} ${tools === 1 ? 'tool' : 'tools'}` : 'down'}`,
    ...problems.map((problem) => `${' '.repeat(width)}  ${printable(problem)}`),
  ]);
  return lines.length === 0 ? [] : [...lines, ''];
}

const MAX_NAME = 40;

/** Name, server, description; of a tool that its server calls otherwise, the server's name for it too. */
function toolLines({ tools, origins }: Offer, columns: number): string[] {
  if (tools.length === 0) return ['no tools'];
  const rows = tools.map(({ name, description = '' }) => {
    const origin = origins.get(name);
    return { name: printable(name), source: printable(sourceText(name, origin)), description };
  });
  const width = widest(rows.map(({ name }) => name));
  const sourceWidth = widest(rows.map(({ source }) => source));
  return rows.map(({ name, source, description }) => {
    const place = sourceWidth === 0 ? '' : `${source.padEnd(sourceWidth)}  `;
    const start = `${name.padEnd(width)}  ${place}`;
    return `${start}${cut(firstLine(description), Math.max(20, columns - start.length))}`.trimEnd();
  });
}

function sourceText(name: string, origin: ToolOrigin | undefined): string {
  if (origin === undefined) return '';
  return origin.tool === name ? origin.backend : `${origin.backend}: ${origin.tool}`;
}

function widest(texts: readonly string[]): number {
  return Math.min(MAX_NAME, Math.max(...texts.map(({ length }) => length)));
}

function firstLine(text: string): string {
  return printable(text.trim().split('\n', 1)[0] ?? '');
}

function cut(text: string, room: number): string {
  return text.length > room ? `${text.slice(0, room - 1)}…` : text;
}

function show(name: string, { tools, runtime }: Offer, options: ToolsOptions, terminal: Terminal): ExitCode {
  const catalog = ToolCatalog.of(tools, runtime.reservedNames);
  const bound = catalog.named(name);
  if (bound === undefined) {
    const near = nearestName(
      name,
      tools.map((tool) => tool.name),
    );
    terminal.note(
      `no tool named ${printable(name)}${near === undefined ? '' : `, did you mean ${printable(near)}?`}`,
    );
    return EXIT_CODES.unavailable;
  }
  const { tool } = bound;
  terminal.out(options.json === true ? json(tool) : definitionText(tool, runtime.signature(bound)));
  return EXIT_CODES.ok;
}

function definitionText(tool: ToolDefinition, signature: string): string {
  const schemas = [
    ['takes', tool.inputSchema],
    ['answers', tool.outputSchema],
    ['annotations', tool.annotations],
  ] as const;
  return [
    printable(tool.name),
    ...(tool.description === undefined ? [] : ['', printable(tool.description.trim())]),
    '',
    `in a script: ${printable(signature)}`,
    ...schemas.flatMap(([title, schema]) =>
      schema === undefined ? [] : ['', `${title}: ${json(schema).trimEnd()}`],
    ),
    '',
  ].join('\n');
}

function json(value: unknown): string {
  return `${JSON.stringify(value, (_key, part: unknown) => (typeof part === 'bigint' ? String(part) : part), 2)}\n`;
}
