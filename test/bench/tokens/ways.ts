/** The ways to do a job: every tool listed, an optimizer, scripts. Each plays it through a real client. */
import type { Client } from '@modelcontextprotocol/client';

import { SCRIPT_TOOL_NAME, type JsonObject, type ToolDefinition } from '../../../core/index.js';
import type { Job, ToolSearch } from './jobs/job.js';
import { Transcript } from './transcript.js';

/** What a way came to. */
export interface Played {
  readonly transcript: Transcript;
  /** Tools that a search did not bring, so that their name was searched for. */
  readonly missed: readonly string[];
}

/** Every tool is listed; the model calls them. */
export async function plainly(client: Client, job: Job): Promise<Played> {
  const session = await Session.begin(client);
  for (const turn of job.turns) await session.turn(turn.map(({ tool, args }) => ({ name: tool, args })));
  return session;
}

/** `find_tool` and `call_tool`. */
export async function searching(client: Client, job: Job): Promise<Played> {
  const session = await Session.begin(client);
  for (const turn of job.turns) {
    await session.find(
      job.searches,
      turn.map(({ tool }) => tool),
    );
    await session.turn(
      turn.map(({ tool, args }) => ({ name: 'call_tool', args: { tool_name: tool, parameters: args } })),
    );
  }
  return session;
}

/** `find_tool` for what the script needs, then the script. */
export async function scripting(client: Client, job: Job): Promise<Played> {
  const session = await Session.begin(client);
  await session.find(job.searches, toolsOf(job));
  await session.turn([{ name: SCRIPT_TOOL_NAME, args: { script: job.script, data: job.data } }]);
  return session;
}

/** One script that finds, and tells of what it found only how to call it; then the script. */
export async function scriptingAll(client: Client, job: Job): Promise<Played> {
  const session = await Session.begin(client);
  const words = job.searches.map((search) => search.words);
  const [found = ''] = await session.turn([
    { name: SCRIPT_TOOL_NAME, args: { script: FINDING, data: { words } } },
  ]);
  const missed = toolsOf(job).filter((tool) => !found.includes(`"name":"${tool}"`));
  if (missed.length > 0) {
    await session.turn([{ name: SCRIPT_TOOL_NAME, args: { script: DESCRIBING, data: { names: missed } } }]);
  }
  session.missed.push(...missed);
  await session.turn([{ name: SCRIPT_TOOL_NAME, args: { script: job.script, data: job.data } }]);
  return session;
}

const FINDING = `found = {}
for query in words:
    for tool in tools.search(query)[:3]:
        found[tool["name"]] = {"name": tool["name"], "call": tool["signature"], "for": tool["description"][:80]}
return found.values()
`;

const DESCRIBING = 'return [tools.describe(name)["signature"] for name in names]\n';

function toolsOf(job: Job): readonly string[] {
  return [...new Set(job.turns.flat().map(({ tool }) => tool))];
}

interface Request {
  readonly name: string;
  readonly args: JsonObject;
}

/** What a client sends and gets, counted. */
class Session implements Played {
  readonly transcript = new Transcript();
  readonly missed: string[] = [];
  readonly #client: Client;
  /** Names of the tools of which the model has read the definition. */
  readonly #known = new Set<string>();

  private constructor(client: Client) {
    this.#client = client;
  }

  static async begin(client: Client): Promise<Session> {
    const session = new Session(client);
    const { tools } = await client.listTools();
    session.transcript.list(tools);
    return session;
  }

  /** A call that fails ends the benchmark: a job that is not done has no price. */
  async turn(requests: readonly Request[]): Promise<readonly string[]> {
    const results: string[] = [];
    for (const { name, args } of requests) results.push(await this.#call(name, args));
    const written = requests.map(({ name, args }) => JSON.stringify({ name, arguments: args }));
    this.transcript.turn(written.map((call, at) => ({ call, result: results[at] ?? '' })));
    return results;
  }

  /** The searches that are to bring these tools, in one turn; then, for what they did not bring, its name. */
  async find(searches: readonly ToolSearch[], tools: readonly string[]): Promise<void> {
    const unknown = (): readonly string[] => tools.filter((tool) => !this.#known.has(tool));
    const wanted = unknown();
    const useful = searches.filter(({ finds }) => finds.some((tool) => wanted.includes(tool)));
    if (useful.length > 0) await this.#search(useful.map(({ words }) => words));
    const missed = unknown();
    if (missed.length > 0) await this.#search(missed.map((tool) => tool.replaceAll('_', ' ')));
    this.missed.push(...missed);
  }

  async #search(words: readonly string[]): Promise<void> {
    const results = await this.turn(
      words.map((text) => ({ name: 'find_tool', args: { tool_description: text } })),
    );
    for (const result of results) {
      const { tools } = JSON.parse(result) as { tools: readonly ToolDefinition[] };
      for (const { name } of tools) this.#known.add(name);
    }
  }

  async #call(name: string, args: JsonObject): Promise<string> {
    const { content, isError } = await this.#client.callTool({
      name,
      arguments: args,
    });
    const text = content
      .map((block) => (block.type === 'text' ? block.text : JSON.stringify(block)))
      .join('\n');
    if (isError === true) throw new Error(`${name}: ${text}`);
    return text;
  }
}
