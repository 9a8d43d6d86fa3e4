/** Uses `toolscript serve` as the Inspector's command line does, in front of servers that people use. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import {
  everything,
  filesystem,
  gitServer,
  memory,
  sequentialThinking,
} from '../../support/backends/index.js';
import type { Toolchain } from './toolchain.js';
import type { Judged } from './verdicts.js';

/** How the Inspector speaks: it asks for an era, or finds out. */
const ERAS = ['legacy', 'modern', 'auto'] as const;

interface Try {
  readonly args: readonly string[];
  /** What must be in the output. */
  readonly want: RegExp;
}

const call = (tool: string, ...args: string[]): string[] => [
  '--method',
  'tools/call',
  '--tool-name',
  tool,
  ...args.flatMap((arg) => ['--tool-arg', arg]),
];

/** One of each thing that the gateway passes on; `--strict` ends with 6 where a schema is wrong. */
const triesIn = (folder: string): Readonly<Record<string, Try>> => ({
  'tools/list --strict': { args: ['--method', 'tools/list', '--strict'], want: /"execute_tool_script"/ },
  'resources/list': { args: ['--method', 'resources/list'], want: /"demo:\/\/resource/ },
  'resources/templates/list': { args: ['--method', 'resources/templates/list'], want: /"uriTemplate"/ },
  'resources/read': {
    args: ['--method', 'resources/read', '--uri', 'demo://resource/dynamic/text/1'],
    want: /Resource 1/,
  },
  'prompts/list': { args: ['--method', 'prompts/list'], want: /"args-prompt"/ },
  'prompts/get': {
    args: ['--method', 'prompts/get', '--prompt-name', 'args-prompt', '--prompt-args', 'city=Paris'],
    want: /Paris/,
  },
  'everything: get-sum': { args: call('get-sum', 'a=2', 'b=40'), want: /\b42\b/ },
  'filesystem: read_text_file': {
    args: call('read_text_file', `path=${join(folder, 'note.txt')}`),
    want: /written before/,
  },
  'memory: read_graph': { args: call('read_graph'), want: /"entities"/ },
  'sequential-thinking: sequentialthinking': {
    args: call(
      'sequentialthinking',
      'thought=one',
      'nextThoughtNeeded=false',
      'thoughtNumber=1',
      'totalThoughts=1',
    ),
    want: /"thoughtNumber":\s*1|\\"thoughtNumber\\": 1/,
  },
  'git: git_init': { args: call('git_init', `path=${folder}`), want: /\.git|success/i },
  'a script': {
    args: call('execute_tool_script', 'script=return get_sum(a=1, b=2)'),
    want: /sum of 1 and 2/,
  },
  'tools/call --load': {
    args: [...call('echo', 'message=hi'), '--load', '--load-requests', '100'],
    want: /"errorMessages":\s*\[\]/,
  },
});

const callTool = (tool: string, parameters: object): string[] => [
  ...['--method', 'tools/call', '--tool-name', 'call_tool', '--tool-args-json'],
  JSON.stringify({ tool_name: tool, parameters }),
];

/** The same servers with the optimizer before them. */
const OPTIMIZED: Readonly<Record<string, Try>> = {
  'tools/list --strict': {
    args: ['--method', 'tools/list', '--strict'],
    want: /^(?=.*"find_tool")(?=.*"call_tool")(?=.*"execute_tool_script")(?!.*"git_init")/s,
  },
  find_tool: {
    args: call('find_tool', 'tool_description=commit the staged changes'),
    want: /"git_commit"/,
  },
  call_tool: { args: callTool('get-sum', { a: 2, b: 40 }), want: /\b42\b/ },
  'a script through call_tool': {
    args: callTool('execute_tool_script', { script: 'return get_sum(a=1, b=2)' }),
    want: /sum of 1 and 2/,
  },
};

/** Over stdio each try starts everything anew: one that lists and one that calls. */
const OVER_STDIO: ReadonlySet<string> = new Set(['tools/list --strict', 'a script']);

const MAIN = fileURLToPath(new URL('../../../adapters/cli/main.ts', import.meta.url));

/** Every try in every era, over HTTP; some over stdio too. */
export async function judgeByInspector(judges: Toolchain): Promise<Judged[]> {
  const folder = await mkdtemp(join(tmpdir(), 'inspected-'));
  await writeFile(join(folder, 'note.txt'), 'written before');
  const serve = ['--import', import.meta.resolve('tsx'), MAIN, 'serve', '--code-mode'];
  serve.push('--config', await writeManifest(folder));
  const optimized = [...serve, '--optimizer'];
  try {
    return [
      ...(await judgeServing(judges, serve, '', triesIn(folder))),
      ...(await judgeServing(judges, optimized, 'optimizer, ', OPTIMIZED)),
    ];
  } finally {
    await rm(folder, { recursive: true });
  }
}

async function judgeServing(
  judges: Toolchain,
  serve: readonly string[],
  title: string,
  tries: Readonly<Record<string, Try>>,
): Promise<Judged[]> {
  const http = await serveHttp(serve);
  try {
    const judged: Judged[] = [];
    for (const era of ERAS) {
      for (const [name, each] of Object.entries(tries)) {
        judged.push(await judge(judges, `${title}http, ${era}: ${name}`, era, each, [http.url]));
        if (!OVER_STDIO.has(name)) continue;
        const stdio = [process.execPath, ...serve];
        judged.push(await judge(judges, `${title}stdio, ${era}: ${name}`, era, each, stdio));
      }
    }
    return judged;
  } finally {
    await http.close();
  }
}

async function writeManifest(folder: string): Promise<string> {
  const mcpServers = {
    everything: everything(),
    filesystem: filesystem(folder),
    memory: memory(join(folder, 'memory.json')),
    thinking: sequentialThinking(),
    git: gitServer(),
  };
  const file = join(folder, 'toolscript.json');
  await writeFile(file, JSON.stringify({ mcpServers }));
  return file;
}

interface Serving {
  readonly url: string;
  readonly close: () => Promise<void>;
}

/** The process says on standard error where it listens. */
async function serveHttp(serve: readonly string[]): Promise<Serving> {
  const child = spawn(process.execPath, [...serve, '--http', '--port', '0'], {
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  const ended = once(child, 'exit');
  const url = await new Promise<string>((resolve, reject) => {
    let notes = '';
    child.stderr.setEncoding('utf8').on('data', (text: string) => {
      notes += text;
      const said = /http:\/\/127\.0\.0\.1:\d+\/mcp/.exec(notes);
      if (said !== null) resolve(said[0]);
    });
    void ended.then(() => reject(new Error(`toolscript serve ended before it listened: ${notes}`)));
  });
  const close = async (): Promise<void> => {
    child.kill();
    await ended;
  };
  return { url, close };
}

async function judge(
  judges: Toolchain,
  scenario: string,
  era: string,
  { args, want }: Try,
  target: readonly string[],
): Promise<Judged> {
  const all = ['--cli', '--protocol-era', era, '--format', 'json', '-q', ...args, '--', ...target];
  const { code, output, errors } = await judges.inspector(all);
  const isGood = code === 0 && want.test(output);
  const said = `ended with ${String(code)}: ${output.slice(0, 300)}${errors.slice(-300)}`;
  return { scenario, verdict: isGood ? 'passed' : 'failed', checks: 1, faults: isGood ? [] : [said] };
}
