/** The command line as a whole: its commands, its help, and what its errors come to. */
import { Command, CommanderError } from 'commander';

import { VERSION } from '../../core/index.js';
import { addAudit } from './commands/audit.js';
import { addCheck } from './commands/check.js';
import { addCompletion } from './commands/completion.js';
import { addConfig } from './commands/config.js';
import { addDoctor } from './commands/doctor.js';
import { addImport } from './commands/import.js';
import { addInit } from './commands/init.js';
import { addNew } from './commands/new.js';
import { addPing } from './commands/ping.js';
import { addRun } from './commands/run.js';
import { addServe } from './commands/serve.js';
import { addStats } from './commands/stats.js';
import { addTools } from './commands/tools.js';
import { addValidate } from './commands/validate.js';
import { EXIT_CODE_HELP, EXIT_CODES, type Answer, type ExitCode } from './exit-code.js';
import { reportProblem } from './problem-report.js';
import { printable, type Terminal } from './terminal.js';

/** Follows a command line; answers the exit code and never rejects. */
export async function runCommandLine(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  let code: ExitCode = EXIT_CODES.ok;
  const program = makeProgram(terminal, (answered) => (code = answered));
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (problem) {
    if (problem instanceof CommanderError) return problem.exitCode === 0 ? EXIT_CODES.ok : EXIT_CODES.misuse;
    return reportProblem(problem, terminal);
  }
}

const EXAMPLES = `
Examples:
  toolscript init                                begin ./toolscript.json, with the servers that your clients have
  toolscript doctor                              whether it works, and what helps
  toolscript config print --client cursor        what to tell a client
  toolscript serve -c toolscript.json            serve over standard input and output
  toolscript serve --http --port 8080            serve over Streamable HTTP
  toolscript run report.star --data '{"n": 3}'   run one script, over the tools of ./toolscript.json
  toolscript check report.star                   what speaks against it, before anything runs
  toolscript tools list -c mcp.json              what the servers of a client's own file offer
  toolscript validate                            every fault of ./toolscript.json
`;

/** In the order of the help. */
const COMMANDS = [
  addInit,
  addImport,
  addDoctor,
  addServe,
  addRun,
  addCheck,
  addTools,
  addConfig,
  addValidate,
  addStats,
  addPing,
  addAudit,
  addNew,
  addCompletion,
];

function makeProgram(terminal: Terminal, answer: Answer): Command {
  const program = new Command('toolscript')
    .description('Code mode for MCP: one script over all tools, one answer.')
    .version(VERSION)
    .addHelpText('after', EXAMPLES + EXIT_CODE_HELP)
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => terminal.out(text),
      writeErr: (text) => terminal.note(printable(text.trimEnd())),
    });
  for (const add of COMMANDS) add(program, terminal, answer);
  return program;
}
