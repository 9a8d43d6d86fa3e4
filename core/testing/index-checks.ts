/**
 * What every index keeps, as checks that any runner of tests can run:
 *
 *     for (const { name, run } of indexChecks({ make })) it(name, run)
 */
import { systemClock } from '../clock.js';
import type { Clock } from '../clock.js';
import { isJsonArray } from '../json.js';
import type { ToolDefinition } from '../tool-dispatcher.js';
import type { ToolIndex, ToolQuery } from '../tool-index.js';
import { must, within } from './contract-check.js';
import type { ContractCheck } from './contract-check.js';
import { HOSTILE_TEXTS, shown } from './hostile-json.js';

/** How the index is had. */
export interface IndexChecksOptions {
  /** Makes a new one, for each check; it is closed afterwards. */
  readonly make: () => ToolIndex | Promise<ToolIndex>;
  /** Milliseconds to wait for a search. Default: 5,000. */
  readonly patienceMs?: number;
  /** Default: the machine's. */
  readonly clock?: Clock;
}

interface Bench {
  readonly index: ToolIndex;
  readonly patienceMs: number;
  readonly clock: Clock;
}

const PATIENCE_MS = 5_000;

const PROMISES: Readonly<Record<string, (bench: Bench) => Promise<void>>> = {
  async 'says what it is'({ index }) {
    must(index.name === undefined || typeof index.name === 'string', 'name: want a text');
    await Promise.resolve();
  },
  async 'answers tools of the array, none twice, no more than asked for'(bench) {
    for (const limit of [1, 2, 100]) for (const text of QUERIES) await found(bench, TOOLS, { text, limit });
  },
  async 'answers the same for the same'(bench) {
    for (const text of QUERIES) {
      const first = await found(bench, TOOLS, { text, limit: 3 });
      const again = await found(bench, TOOLS, { text, limit: 3 });
      must(isSame(first, again), `search: got ${namesOf(again)}, want ${namesOf(first)} again`);
    }
  },
  async 'answers one caller whatever the others see'(bench) {
    const few = TOOLS.slice(0, 2);
    const alone = await found(bench, few, { text: QUERIES[0]!, limit: 3 });
    await found(bench, TOOLS, { text: QUERIES[0]!, limit: 3 });
    const beside = await found(bench, few, { text: QUERIES[0]!, limit: 3 });
    must(isSame(alone, beside), `search: got ${namesOf(beside)}, want ${namesOf(alone)} as before`);
  },
  async 'searches for several at the same time'(bench) {
    await Promise.all(QUERIES.map((text) => found(bench, TOOLS, { text, limit: 2 })));
  },
  async 'takes hostile words, and hostile tools'(bench) {
    const odd = HOSTILE_TEXTS.map((text) => ({ ...TOOLS[0]!, name: `${text}.`, description: text }));
    const strange = { name: 'strange', inputSchema: {}, description: 7, annotations: null } as object;
    for (const text of HOSTILE_TEXTS.map((hostile) => hostile.slice(0, 1_000)))
      await found(bench, [...odd, strange as ToolDefinition], { text, keywords: [text], limit: 3 });
  },
  async 'finds nothing among no tools'(bench) {
    await found(bench, [], { text: QUERIES[0]!, limit: 3 });
  },
  async 'leaves the tools as they are'(bench) {
    const before = JSON.stringify(TOOLS);
    const frozen = Object.freeze([...TOOLS]);
    for (const text of QUERIES) await found(bench, frozen, { text, limit: 3 });
    must(JSON.stringify(TOOLS) === before, 'search: changed a definition');
  },
  async 'ends a search soon after its signal'({ index, clock, patienceMs }) {
    const query = { text: QUERIES[0]!, limit: 3 };
    const search = async (): Promise<unknown> =>
      index.search(TOOLS, query, AbortSignal.abort(new Error('left')));
    await within(clock, patienceMs, 'search', () => search().catch(() => undefined));
  },
  async 'closes, also twice'(bench) {
    await closed(bench);
  },
};

/** The names of all checks. */
export const INDEX_CHECK_NAMES: readonly string[] = Object.keys(PROMISES);

/** The checks. */
export function indexChecks({
  make,
  patienceMs = PATIENCE_MS,
  clock = systemClock,
}: IndexChecksOptions): readonly ContractCheck[] {
  return Object.entries(PROMISES).map(([name, keep]) => ({
    name,
    async run() {
      const bench = { index: await make(), patienceMs, clock };
      bench.index.learn?.(() => undefined);
      try {
        await keep(bench);
      } finally {
        await closed(bench);
      }
    },
  }));
}

async function found(
  { index, clock, patienceMs }: Bench,
  tools: readonly ToolDefinition[],
  query: ToolQuery,
): Promise<readonly ToolDefinition[]> {
  const { signal } = new AbortController();
  const answer = await within(clock, patienceMs, 'search', () => index.search(tools, query, signal));
  must(isJsonArray(answer), `search: got ${shown(answer)}, want a list`);
  must(
    answer.every((tool) => tools.includes(tool)),
    'search: got a tool that is not in the array',
  );
  must(new Set(answer).size === answer.length, 'search: got a tool twice');
  must(
    answer.length <= query.limit,
    `search: got ${String(answer.length)} tools, want ${String(query.limit)} at most`,
  );
  return answer;
}

async function closed({ index, clock, patienceMs }: Bench): Promise<void> {
  await within(clock, patienceMs, 'close', () => index.close?.());
}

function isSame(one: readonly ToolDefinition[], other: readonly ToolDefinition[]): boolean {
  return one.length === other.length && one.every((tool, at) => tool === other[at]);
}

function namesOf(tools: readonly ToolDefinition[]): string {
  return shown(tools.map(({ name }) => name));
}

const QUERIES = ['open an issue', 'send mail to somebody', 'weather', 'zzz'];

const TOOLS: readonly ToolDefinition[] = [
  ['create_issue', 'Opens an issue in the tracker.'],
  ['list_issues', 'Lists open issues.'],
  ['send_mail', 'Sends a mail to somebody.'],
  ['get_weather', 'Tells the weather of a city.'],
].map(([name, description]) => ({ name: name!, description: description!, inputSchema: { type: 'object' } }));
