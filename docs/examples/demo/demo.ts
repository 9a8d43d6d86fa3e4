/**
 * The main job, on real parts: a gateway in front of three MCP servers from npm, a real MCP client, one
 * script. Beside it the same work as one call after another. All figures are measured in this run.
 */
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Client } from '@modelcontextprotocol/client';
import { StdioClientTransport } from '@modelcontextprotocol/client/stdio';
import { writeIncidents } from './incidents.js';
import { showCalls, showComparison, showResult, showScript } from './show.js';
import type { Call, Work } from './show.js';

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const REPORTS = 24;

const folder = await mkdtemp(join(tmpdir(), 'toolscript-demo-'));
const files = join(folder, 'incidents');
await writeIncidents(files, REPORTS);

const client = new Client({ name: 'toolscript-demo', version: '1.0.0' });
try {
  console.log(`Starting the gateway and three MCP servers …`);
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [
        '--import',
        'tsx',
        here('../../../adapters/cli/main.ts'),
        'serve',
        '--config',
        here('toolscript.json'),
      ],
      env: {
        ...(process.env as Record<string, string>),
        DEMO_FOLDER: files,
        DEMO_MEMORY: join(folder, 'memory.jsonl'),
      },
    }),
  );
  const { tools } = await client.listTools();
  console.log(`${tools.length} tools listed, execute_tool_script among them.\n`);

  const script = await readFile(here('report.star'), 'utf8');
  showScript(script);
  // Each way twice, the second shown: neither pays for what is loaded once.
  await runScript(script);
  await callOneByOne();
  const { work, calls, text } = await runScript(script);
  const oneByOne = await callOneByOne();
  showCalls(calls);
  showResult(text);
  showComparison(work, oneByOne);
} finally {
  await client.close();
  await rm(folder, { recursive: true, force: true });
}

/** The whole job as one call of `execute_tool_script`. */
async function runScript(script: string): Promise<{ work: Work; calls: Call[]; text: string }> {
  const args = { script, data: { folder: files } };
  const started = performance.now();
  const result = await client.callTool({ name: 'execute_tool_script', arguments: args });
  const ms = performance.now() - started;
  if (result.isError === true) throw new Error(textOf(result.content));
  const work = { name: 'one script', turns: 1, ms, bytes: size(args) + size(result.content) };
  return { work, calls: result._meta?.['toolscript/calls'] as Call[], text: textOf(result.content) };
}

/** The same job as a model does it without code mode: each call and its answer pass through its context. */
async function callOneByOne(): Promise<Work> {
  const work: Work = { name: 'one call after another', turns: 0, ms: 0, bytes: 0 };
  const call = async (name: string, args: Record<string, unknown>): Promise<void> => {
    const started = performance.now();
    const result = await client.callTool({ name, arguments: args });
    work.ms += performance.now() - started;
    work.turns += 1;
    work.bytes += size(args) + size(result.content);
  };
  const names = (await readdir(files)).filter((name) => name.endsWith('.md'));
  const teams = ['payments', 'discovery', 'identity'];
  await call('list_directory', { path: files });
  await call('read_text_file', { path: join(files, 'owners.json') });
  for (const name of names) await call('read_text_file', { path: join(files, name) });
  for (let team = 0; team < teams.length; team += 1) {
    await call('trigger-long-running-operation', { duration: 0.5, steps: 1 });
  }
  await call('create_entities', {
    entities: teams.map((name) => ({
      name,
      entityType: 'team',
      observations: ['8 incidents, 400 minutes lost'],
    })),
  });
  await call('create_relations', {
    relations: teams.flatMap((from) => ['a', 'b'].map((to) => ({ from, to, relationType: 'owns' }))),
  });
  await call('get-sum', { a: 500, b: 400 });
  return work;
}

function size(value: unknown): number {
  return Buffer.byteLength(JSON.stringify(value));
}

function textOf(content: readonly { type: string; text?: string }[]): string {
  return content.map((block) => block.text ?? `[${block.type}]`).join('\n');
}
