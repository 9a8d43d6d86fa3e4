/** `toolscript completion`: what a shell needs to complete the command line. */
import { Argument, type Command } from 'commander';

import { bashCompletion } from '../completion/bash-completion.js';
import { completionTable, type CompletedCommand } from '../completion/completion-table.js';
import { zshCompletion } from '../completion/zsh-completion.js';
import { EXIT_CODES, type Answer } from '../exit-code.js';
import type { Terminal } from '../terminal.js';

const SHELLS: Readonly<Record<string, (program: string, table: readonly CompletedCommand[]) => string>> = {
  bash: bashCompletion,
  zsh: zshCompletion,
};

const EXAMPLES = `
Examples:
  eval "$(toolscript completion bash)"                    in ~/.bashrc
  source <(toolscript completion zsh)                     in ~/.zshrc, after compinit
  toolscript completion zsh > ~/.zfunc/_toolscript        or in a folder of the fpath
`;

/** Adds the command; it completes all that the program has when it is asked. */
export function addCompletion(program: Command, terminal: Terminal, answer: Answer): void {
  program
    .command('completion')
    .description('Prints what a shell needs to complete commands, options and files.')
    .addArgument(new Argument('<shell>', 'which shell').choices(Object.keys(SHELLS)))
    .addHelpText('after', EXAMPLES)
    .action((shell: string) => {
      terminal.out(SHELLS[shell]!(program.name(), completionTable(program)));
      answer(EXIT_CODES.ok);
    });
}
