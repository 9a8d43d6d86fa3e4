/** The catalogues of tools on which the jobs are done. */
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createCodeMode } from '../../../adapters/library/index.js';
import type { CodeMode, Tool } from '../../../core/index.js';
import { createMcpDispatcher } from '../../../plugins/dispatchers/mcp/index.js';
import {
  everything,
  filesystem,
  gitServer,
  memory,
  sequentialThinking,
} from '../../support/backends/index.js';
import { liveTools, named } from '../search/tools.js';
import { JOURNEY_ANSWERS } from './jobs/journey-answers.js';
import { journey, weekend } from './jobs/journey.js';
import type { Job } from './jobs/job.js';
import { release, releaseNotes } from './jobs/release.js';
import { createRepository } from './repository.js';

/** Tools with jobs for them. */
export interface Catalogue {
  readonly title: string;
  /** How many jobs there are. */
  readonly jobs: number;
  /** Made anew for each way, so that each finds the same. */
  open(job: number): Promise<OpenCatalogue>;
}

/** What a job is done on. */
export interface OpenCatalogue {
  readonly codeMode: CodeMode;
  readonly job: Job;
  /** What the job leaves behind: the same whichever way it is done. */
  readonly left: () => Promise<string>;
  readonly close: () => Promise<void>;
}

/** 65 tools of five real servers, which are started; jobs change a repository. */
export const FIVE_SERVERS: Catalogue = {
  title: '65 tools of five real servers (everything, filesystem, git, memory, sequential-thinking)',
  jobs: 2,
  async open(job) {
    const folder = await mkdtemp(join(tmpdir(), 'toolscript-tokens-'));
    const repository = join(folder, 'shop');
    await createRepository(repository);
    const { env, ...git } = gitServer();
    const dispatcher = createMcpDispatcher({
      servers: {
        everything: { ...everything(), tools: { exclude: ['trigger-*-re*'] } },
        filesystem: filesystem(repository),
        git: { ...git, env: { ...env, GIT_SIGN_COMMITS: 'false' } },
        memory: memory(join(folder, 'memory.jsonl')),
        thinking: sequentialThinking(),
      },
    });
    const codeMode = await createCodeMode({ dispatcher });
    const close = async (): Promise<void> => {
      await codeMode.close();
      await rm(folder, { recursive: true, force: true });
    };
    const left = (): Promise<string> => readFile(join(repository, 'NOTES.md'), 'utf8');
    return { codeMode, job: [releaseNotes, release][job]!(repository), left, close };
  },
};

/** The tools of 70 servers, of whom only the definitions are there: answers are made up. */
export function seventyServers(folder: string): Catalogue {
  return {
    title: '527 tools of 70 servers; their answers are made up',
    jobs: 2,
    async open(job) {
      let note = '';
      const tools = named(await liveTools(folder), 'when-needed').map(({ definition }): Tool => {
        const { name, description = '', inputSchema } = definition;
        return {
          name,
          description,
          inputSchema,
          call: (args) => {
            if (name === 'write_note') note = JSON.stringify(args);
            return answerOf(name, args);
          },
        };
      });
      const codeMode = await createCodeMode({ tools });
      return {
        codeMode,
        job: [weekend, journey][job]!,
        left: () => Promise.resolve(note),
        close: () => codeMode.close(),
      };
    },
  };
}

/** As text, which is how most servers answer. */
function answerOf(name: string, args: Parameters<Tool['call']>[0]): ReturnType<Tool['call']> {
  const answer = JOURNEY_ANSWERS[name];
  if (answer === undefined) throw new Error(`no answer of ${name} was made up`);
  return { content: [{ type: 'text', text: JSON.stringify(answer(args)) }] };
}
