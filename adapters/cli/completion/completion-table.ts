/** What can follow each command on the command line, as the command tree says it. */
import type { Argument, Command, Option } from 'commander';

/** What a value is completed from: nothing that is known, files, folders, or these words. */
export type Values = 'any' | 'file' | 'folder' | readonly string[];

/** An option of a command. */
export interface CompletedOption {
  /** Both spellings, where there are two. */
  readonly names: readonly string[];
  readonly description: string;
  /** Of its value; absent where it takes none. */
  readonly values?: Values;
}

/** One command. */
export interface CompletedCommand {
  /** Its names from the first on, a space between them; empty for the program itself. */
  readonly path: string;
  readonly description: string;
  /** The names of the commands below it. */
  readonly commands: readonly string[];
  readonly options: readonly CompletedOption[];
  /** Of its first argument, and of all the others. */
  readonly first: Values;
  readonly others: Values;
}

/** The program and all its commands, each before those below it. */
export function completionTable(program: Command): readonly CompletedCommand[] {
  return rows(program, '');
}

function rows(command: Command, path: string): CompletedCommand[] {
  const [first, second = first?.variadic === true ? first : undefined] = command.registeredArguments;
  return [
    {
      path,
      description: command.description(),
      commands: command.commands.map((below) => below.name()),
      options: [...command.options.filter(({ hidden }) => !hidden).map(completed), HELP],
      first: argumentValues(first),
      others: argumentValues(second),
    },
    ...command.commands.flatMap((below) => rows(below, `${path} ${below.name()}`.trim())),
  ];
}

const HELP: CompletedOption = { names: ['-h', '--help'], description: 'display help for command' };

function completed({ short, long, description, argChoices, flags, required }: Option): CompletedOption {
  return {
    names: [short, long].flatMap((name) => name ?? []),
    description,
    ...(required && { values: argChoices ?? valuesOf(flags) }),
  };
}

function argumentValues(argument: Argument | undefined): Values {
  if (argument === undefined) return 'any';
  return argument.argChoices ?? valuesOf(`${argument.name()} ${argument.description}`);
}

/** Files and folders are called so wherever one is wanted. */
function valuesOf(words: string): Values {
  if (/\bfiles?\b/.test(words)) return 'file';
  return /\bfolder\b/.test(words) ? 'folder' : 'any';
}
