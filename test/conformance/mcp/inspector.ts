/** Uses the gateway as the Inspector's command line does, in front of servers that people use. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { gatewayOver } from '../../adapters/gateway/composed.js';
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

/** Every try in every era. */
export async function judgeByInspector(judges: Toolchain): Promise<Judged[]> {
  const folder = await mkdtemp(join(tmpdir(), 'inspected-'));
  await writeFile(join(folder, 'note.txt'), 'written before');
  const { gateway, codeMode } = await gatewayOver({
    everything: everything(),
    filesystem: filesystem(folder),
    memory: memory(join(folder, 'memory.json')),
    thinking: sequentialThinking(),
    git: gitServer(),
  });
  const door = await gateway.serveHttp();
  try {
    const judged: Judged[] = [];
    for (const era of ERAS) {
      for (const [name, { args, want }] of Object.entries(triesIn(folder))) {
        const all = ['--cli', door.url, '--protocol-era', era, '--format', 'json', '-q', ...args];
        const { code, output, errors } = await judges.inspector(all);
        const isGood = code === 0 && want.test(output);
        const faults = isGood
          ? []
          : [`ended with ${String(code)}: ${output.slice(0, 300)}${errors.slice(-300)}`];
        judged.push({
          scenario: `${era}: ${name}`,
          verdict: isGood ? 'passed' : 'failed',
          checks: 1,
          faults,
        });
      }
    }
    return judged;
  } finally {
    await door.close();
    await codeMode.close();
    await rm(folder, { recursive: true });
  }
}
