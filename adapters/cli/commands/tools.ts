/** `toolscript tools`: what a script could call, and how the servers behind it are doing. */
import type { Command } from 'commander';

import {
  nearestName,
  ToolCatalog,
  type BackendState,
  type ScriptRuntime,
  type ToolDefinition,
} from '../../../core/index.js';
import { withComposition } from '../compose.js';
import { EXIT_CODES, type Answer, type ExitCode } from '../exit-code.js';
import { DEFAULT_MANIFEST, openManifest } from '../manifest-option.js';
import { ownCaller } from '../own-caller.js';
import { printable, type Terminal } from '../terminal.js';

interface ToolsOptions {
  readonly config?: string;
  readonly json?: true;
}

/** What the servers offer at this moment. */
interface Offer {
  readonly tools: readonly ToolDefinition[];
  readonly backends: readonly BackendState[];
  readonly runtime: ScriptRuntime;
}

/** Adds the commands. */
export function addTools(program: Command, terminal: Terminal, answer: Answer): void {
  const tools = program.command('tools').description('Shows the tools that scripts may call.');
  tools
    .command('list')
    .description('Lists the servers with their states, and all tools.')
    .option('-c, --config <file>', `the manifest (default: ./${DEFAULT_MANIFEST})`)
    .option('--json', 'print definitions and states as JSON')
    .action(async (options: ToolsOptions) => {
      answer(list(await gather(options, terminal), options, terminal));
    });
  tools
    .command('show')
    .description('Shows one tool: how a script calls it, and what it takes.')
    .argument('<name>', 'its name, as listed or as scripts call it')
    .option('-c, --config <file>', `the manifest (default: ./${DEFAULT_MANIFEST})`)
    .option('--json', 'print its definition as JSON')
    .action(async (name: string, options: ToolsOptions) => {
      answer(show(name, await gather(options, terminal), options, terminal));
    });
}

async function gather(options: ToolsOptions, terminal: Terminal): Promise<Offer> {
  const manifest = await openManifest(options.config, terminal);
  // What is wrong with a server is in its state, which is shown.
  const report = (): void => undefined;
  return withComposition(manifest, { report, servers: 'all' }, async ({ codeMode, runtime }) => {
    const tools = await codeMode.listTools(ownCaller(manifest));
    return { tools, backends: codeMode.backends(), runtime };
  });
}

function list({ tools, backends }: Offer, options: ToolsOptions, terminal: Terminal): ExitCode {
  if (options.json === true) terminal.out(json({ backends, tools }));
  else terminal.out([...backendLines(backends), ...toolLines(tools, terminal.columns)].join('\n') + '\n');
  return backends.every(({ up }) => up) ? EXIT_CODES.ok : EXIT_CODES.unavailable;
}

function backendLines(backends: readonly BackendState[]): string[] {
  const width = Math.max(0, ...backends.map(({ name }) => name.length));
  const lines = backends.flatMap(({ name, up, tools, problems }) => [
    `${printable(name).padEnd(width)}  ${up ? `up, ${tools} tools` : 'down'}`,
    ...problems.map((problem) => `${' '.repeat(width)}  ${printable(problem)}`),
  ]);
  return lines.length === 0 ? [] : [...lines, ''];
}

const MAX_NAME = 40;

function toolLines(tools: readonly ToolDefinition[], columns: number): string[] {
  if (tools.length === 0) return ['no tools'];
  const width = Math.min(MAX_NAME, Math.max(...tools.map(({ name }) => name.length)));
  return tools.map(({ name, description = '' }) => {
    const room = Math.max(20, columns - width - 2);
    return `${printable(name).padEnd(width)}  ${cut(firstLine(description), room)}`.trimEnd();
  });
}

function firstLine(text: string): string {
  return printable(text.trim().split('\n', 1)[0] ?? '');
}

function cut(text: string, room: number): string {
  return text.length > room ? `${text.slice(0, room - 1)}…` : text;
}

function show(name: string, { tools, runtime }: Offer, options: ToolsOptions, terminal: Terminal): ExitCode {
  const catalog = ToolCatalog.of(tools, runtime.reservedNames);
  const bound = catalog.byName(name) ?? catalog.byScriptName(name);
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
