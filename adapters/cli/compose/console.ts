/** The console: what remembers runs, the server that shows them, and a run as a file. Loaded where it is asked for. */
import type { RunRecorder } from '../../console/record/index.js';
import type { ConsoleDoor, ConsoleOptions } from '../../console/server/index.js';

/** What remembers runs that come this way, where no request says how they come. */
export async function createRecorder(from: 'stdio' | 'cli'): Promise<RunRecorder> {
  const { RunRecorder } = await import('../../console/record/index.js');
  return new RunRecorder({ from });
}

/** Opens the console's server; rejects with `config/invalid` without its page, or when the port is taken. */
export async function openConsole(options: Omit<ConsoleOptions, 'page'>): Promise<ConsoleDoor> {
  const { openConsole } = await import('../../console/server/index.js');
  const { pageFolder } = await import('../../console/file/index.js');
  return openConsole({ ...options, page: pageFolder() });
}

/** The file of a run that is remembered. */
export type RunFiles = (recorder: RunRecorder, id: string) => string | undefined;

/** Makes files of runs; rejects with `config/invalid` without the page. */
export async function createRunFiles(): Promise<RunFiles> {
  const { fileParts, pageFolder, runFile } = await import('../../console/file/index.js');
  const parts = await fileParts(pageFolder());
  return (recorder, id) => {
    const record = recorder.run(id);
    return record && runFile(record, parts);
  };
}
