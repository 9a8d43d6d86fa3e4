/** `toolscript ping`: shows the adoption ping of a manifest. Sending it is the gateway's. */
import type { Command } from 'commander';

import { previewPing, type PingPreview } from '../compose/index.js';
import { EXIT_CODES, type Answer } from '../exit-code.js';
import { DEFAULT_MANIFEST, openManifest } from '../manifest-option.js';
import { printable, type Terminal } from '../terminal.js';

interface PingOptions {
  readonly config?: string;
  readonly dryRun: true;
}

const EXAMPLES = `
Examples:
  toolscript ping --dry-run   what ./toolscript.json would send
`;

/** Adds the command. */
export function addPing(program: Command, terminal: Terminal, answer: Answer): void {
  program
    .command('ping')
    .description('Shows what the adoption ping sends, byte for byte; nothing is sent, no server is started.')
    .requiredOption('--dry-run', 'show it: the body on standard output, all else beside it')
    .option('-c, --config <file>', `the manifest (default: ./${DEFAULT_MANIFEST})`)
    .addHelpText('after', EXAMPLES)
    .action(async ({ config }: PingOptions) => {
      show(await previewPing(await openManifest(config, terminal)), terminal);
      answer(EXIT_CODES.ok);
    });
}

function show(preview: PingPreview | undefined, terminal: Terminal): void {
  if (preview === undefined) {
    terminal.note('nothing is sent: the manifest has no plugin toolscript/plugins/telemetry/ping');
    return;
  }
  const { url, headers, body, forbiddenBy, hasId } = preview;
  terminal.note(printable(`POST ${url.pathname}${url.search} HTTP/1.1`));
  for (const [name, value] of headers) terminal.note(printable(`${name}: ${value}`));
  terminal.note('');
  terminal.out(body);
  terminal.note('');
  terminal.note(
    forbiddenBy === undefined
      ? printable(`a gateway sends this to ${url.origin}, with what it has counted by then`)
      : `nothing is sent: ${forbiddenBy} is set`,
  );
  if (!hasId) terminal.note('the id is drawn at the first ping; zeros stand in for it');
}
