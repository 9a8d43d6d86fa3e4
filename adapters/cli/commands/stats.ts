/** `toolscript stats`: what a running gateway's own metrics say of its use. */
import { Option, type Command } from 'commander';

import type { Manifest } from '../../../core/manifest/index.js';
import { EXIT_CODES, type Answer } from '../exit-code.js';
import { openManifest } from '../manifest-option.js';
import { gatewayStats } from '../stats/gateway-stats.js';
import { readMetrics } from '../stats/metrics-page.js';
import { statsText } from '../stats/stats-text.js';
import type { Terminal } from '../terminal.js';
import { UsageError } from '../usage-error.js';

interface StatsOptions {
  readonly config?: string;
  readonly url?: string;
  readonly json?: true;
}

const EXAMPLES = `
Examples:
  toolscript stats                                            of a gateway on this machine
  toolscript stats -c toolscript.json                         where its telemetry.prometheus has them
  toolscript stats --url http://gateway:9464/metrics --json   of another one, for scripts
`;

const DEFAULT_URL = 'http://127.0.0.1:9464/metrics';

/** Adds the command. */
export function addStats(program: Command, terminal: Terminal, answer: Answer): void {
  program
    .command('stats')
    .description('Sums up how a running gateway is used, from the metrics that it shows to Prometheus.')
    .option('--url <url>', `where they are (default: ${DEFAULT_URL})`)
    .addOption(
      new Option('-c, --config <file>', 'where telemetry.prometheus of this manifest has them').conflicts(
        'url',
      ),
    )
    .option('--json', 'print it as JSON')
    .addHelpText('after', EXAMPLES)
    .action(async (options: StatsOptions) => {
      const stats = gatewayStats(await readMetrics(await urlOf(options, terminal)));
      terminal.out(options.json === true ? `${JSON.stringify(stats, undefined, 2)}\n` : statsText(stats));
      answer(EXIT_CODES.ok);
    });
}

async function urlOf({ url = DEFAULT_URL, config }: StatsOptions, terminal: Terminal): Promise<URL> {
  if (config !== undefined) return placeOf(await openManifest(config, terminal), config);
  if (/^https?:\/\//i.test(url) && URL.canParse(url)) {
    const parsed = new URL(url);
    if (parsed.username === '' && parsed.password === '') return parsed;
  }
  throw new UsageError('--url: wanted an address that starts with http:// or https://, without a password');
}

/** Whoever listens on every address is asked on this machine's own. */
function placeOf({ telemetry }: Manifest, file: string): URL {
  const prometheus = telemetry?.prometheus;
  if (prometheus === undefined) {
    throw new UsageError(
      `${file}: found no telemetry.prometheus, wanted one: {"telemetry": {"prometheus": {}}}`,
    );
  }
  const { host = '127.0.0.1', port = 9_464, path = '/metrics' } = prometheus;
  if (port === 0) throw new UsageError(`${file}: found the port 0, which is another each time; wanted --url`);
  const name = EVERYWHERE.get(host) ?? host;
  return new URL(path, `http://${name.includes(':') ? `[${name}]` : name}:${String(port)}`);
}

const EVERYWHERE: ReadonlyMap<string, string> = new Map([
  ['0.0.0.0', '127.0.0.1'],
  ['::', '::1'],
]);
