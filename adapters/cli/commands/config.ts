/** `toolscript config`: what a client needs to be told of the gateway. */
import { resolve } from 'node:path';

import { InvalidArgumentError, Option, type Command } from 'commander';

import { VERSION, type JsonObject } from '../../../core/index.js';
import { CLIENT_NAMES, CLIENTS, type ClientName } from '../clients/client.js';
import { clientPlaces, thisSystem } from '../clients/client-places.js';
import { gatewayBlock, variablesOf, type GatewayAccess } from '../clients/gateway-block.js';
import { writtenGateway, type WrittenGateway } from '../clients/written-gateway.js';
import { EXIT_CODES, type Answer } from '../exit-code.js';
import { envFile } from '../importing/env-file.js';
import { shortPath } from '../importing/import-report.js';
import { textToEdit } from '../importing/written-file.js';
import { DEFAULT_MANIFEST } from '../manifest-option.js';
import { isPassing, ownScript } from '../own-package.js';
import { printable, type Terminal } from '../terminal.js';
import { UsageError } from '../usage-error.js';

interface PrintOptions {
  readonly client: ClientName;
  readonly config: string;
  readonly name: string;
  readonly http?: string | true;
  readonly tokenVariable?: string;
  readonly npx?: true;
  readonly secrets?: string;
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  toolscript config print --client claude                  the client starts the gateway
  toolscript config print --client cursor --http           it comes to where the manifest says
  toolscript config print --client vscode --http https://tools.example/mcp --token-variable TEAM_TOKEN
  toolscript config print --client claude --secrets secrets.env   with variables from a file
`;

/** Adds the commands. */
export function addConfig(program: Command, terminal: Terminal, answer: Answer): void {
  program
    .command('config')
    .description('Shows what clients need to be told of the gateway.')
    .command('print')
    .description('Prints what to paste into the configuration of a client, and says where that is.')
    .addOption(
      new Option('--client <name>', 'who is to use the gateway').choices(CLIENT_NAMES).makeOptionMandatory(),
    )
    .option('-c, --config <file>', 'the manifest', DEFAULT_MANIFEST)
    .option(
      '--http [url]',
      'let it come over HTTP, to this address (default: where the manifest serves)',
      readUrl,
    )
    .option('--token-variable <name>', 'with --http: the variable that holds its token', readVariable)
    .option('--name <name>', 'what the client calls the gateway', readName, 'toolscript')
    .addOption(new Option('--npx', 'start it through npx, wherever it is installed').conflicts('http'))
    .addOption(
      new Option('--secrets <file>', 'start it with the variables of this file').conflicts(['http', 'npx']),
    )
    .option('--json', 'print the block and its places as one JSON object')
    .addHelpText('after', EXAMPLES)
    .action(async (options: PrintOptions) => {
      await print(options, terminal);
      answer(EXIT_CODES.ok);
    });
}

function readUrl(text: string): string {
  if (/^https?:\/\//i.test(text) && URL.canParse(text)) return text;
  throw new InvalidArgumentError('wanted an address that starts with http:// or https://');
}

function readVariable(text: string): string {
  if (/^[A-Za-z_]\w{0,99}$/.test(text)) return text;
  throw new InvalidArgumentError('wanted the name of a variable, not its value');
}

function readName(text: string): string {
  if (/^[\w-]{1,60}$/.test(text)) return text;
  throw new InvalidArgumentError('wanted letters, digits, - and _, at most 60 of them');
}

async function print(options: PrintOptions, terminal: Terminal): Promise<void> {
  const { client, name } = options;
  const manifest = await writtenGateway(options.config);
  const access = options.http === undefined ? await program(options, manifest) : address(options, manifest);
  const block = gatewayBlock(client, name, access);
  const places = clientPlaces(thisSystem()).filter((place) => place.client === client);
  if (options.json === true) {
    const shown = places.map(({ level, file }) => ({ level, file }));
    terminal.out(
      `${JSON.stringify({ client, places: shown, variables: variablesOf(access), block }, undefined, 2)}\n`,
    );
    return;
  }
  terminal.out(`${JSON.stringify(block, undefined, 2)}\n`);
  const { title, key } = CLIENTS[client];
  terminal.note(`put this into the configuration of ${title}, beside what is under ${key} already:`);
  for (const { level, file } of places) terminal.note(`  ${LEVELS[level]}  ${shortPath(file)}`);
  for (const line of hints(options, access, block)) terminal.note(printable(line));
  if (manifest?.isCodeModeOff === true)
    terminal.note('code mode is off: codeMode.enabled in the manifest switches it on');
}

const LEVELS = { user: 'for you     ', project: 'this project' } as const;

async function program(options: PrintOptions, manifest: WrittenGateway | undefined): Promise<GatewayAccess> {
  if (manifest === undefined)
    throw new UsageError(`found no ${options.config} in ${resolve()}, wanted one; toolscript init begins it`);
  if (options.tokenVariable !== undefined)
    throw new UsageError('--token-variable: wanted only together with --http');
  const serve = ['serve', '-c', resolve(options.config)];
  if (options.npx === true || (isPassing() && options.secrets === undefined)) {
    const npx = ['-y', `toolscript@${VERSION}`, ...serve];
    const isWindows = process.platform === 'win32';
    const [command, args] = isWindows ? ['cmd', ['/c', 'npx', ...npx]] : ['npx', npx];
    return { type: 'stdio', command, args, variables: manifest.variables };
  }
  const known = options.secrets === undefined ? new Set() : await namesIn(options.secrets);
  return {
    type: 'stdio',
    command: process.execPath,
    args: [
      ...(options.secrets === undefined ? [] : [`--env-file=${resolve(options.secrets)}`]),
      ownScript(),
      ...serve,
    ],
    variables: manifest.variables.filter((variable) => !known.has(variable)),
  };
}

async function namesIn(file: string): Promise<ReadonlySet<string>> {
  const text = await textToEdit(file);
  if (text === undefined) throw new UsageError(`read ${file}: there is no such file`);
  return envFile(text, []).names;
}

const DEFAULT_TOKEN = 'TOOLSCRIPT_TOKEN';

function address({ http, tokenVariable }: PrintOptions, manifest: WrittenGateway | undefined): GatewayAccess {
  const url = typeof http === 'string' ? http : (manifest?.url ?? 'http://127.0.0.1:8080/mcp');
  const variable = tokenVariable ?? (manifest?.wantsToken === true ? DEFAULT_TOKEN : undefined);
  return { type: 'http', url, ...(variable !== undefined && { tokenVariable: variable }) };
}

/** What else there is to do. */
function hints({ client, name }: PrintOptions, access: GatewayAccess, block: JsonObject): string[] {
  const names = variablesOf(access).join(', ');
  const filled = names === '' ? [] : [FILLED[client](names)];
  const serve = access.type === 'http' ? ['the gateway must be running: toolscript serve --http'] : [];
  const command =
    client === 'claude-code'
      ? [`or: claude mcp add-json ${name} '${JSON.stringify((block['mcpServers'] as JsonObject)[name])}'`]
      : [];
  const restart = client === 'claude' ? ['then restart Claude Desktop'] : [];
  return [...command, ...filled, ...serve, ...restart];
}

const FILLED: Readonly<Record<ClientName, (names: string) => string>> = {
  claude: (names) => `put the values of ${names} in the places of the names between < and >`,
  'claude-code': (names) => `Claude Code takes ${names} from the environment that it is started in`,
  cursor: (names) => `Cursor takes ${names} from the environment that it is started in`,
  vscode: (names) => `VS Code asks for ${names} once, and keeps what it is told`,
  windsurf: (names) => `Windsurf takes ${names} from the environment that it is started in`,
};
