/** The completion of the command line for bash, from 3.2 on. */
import type { CompletedCommand, Values } from './completion-table.js';
import { plainValues, quoted, stepLines, valueLines } from './shell-text.js';

/** A script for `eval`; it asks nobody when it completes. */
export function bashCompletion(program: string, table: readonly CompletedCommand[]): string {
  const name = `_${program}`;
  return `# bash completion of ${program}: eval "$(${program} completion bash)"
${name}() {
  local at= i cur=\${COMP_WORDS[COMP_CWORD]} prev=\${COMP_WORDS[COMP_CWORD-1]} words= kind=
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "$at \${COMP_WORDS[i]}" in
${stepLines(table)}
    esac
  done
  case "$at|$prev" in
${valueLines(table, set)}
    *)
      case "$at|$cur" in
${table.flatMap(wordLines).join('\n')}
      esac ;;
  esac
  local IFS=$'\\n'
  case "$kind" in
    file) COMPREPLY=($(compgen -f -- "$cur")) ;;
    folder) COMPREPLY=($(compgen -d -- "$cur")) ;;
    *) COMPREPLY=($(IFS=' '; compgen -W "$words" -- "$cur")) ;;
  esac
}
complete -o filenames -F ${name} ${program}
`;
}

function wordLines(command: CompletedCommand): string[] {
  const { path, commands, options } = command;
  const names = options.flatMap((option) => option.names);
  return [
    `        ${quoted(`${path}|-`)}*) ${set(names)} ;;`,
    `        ${quoted(`${path}|`)}*) ${set(commands.length > 0 ? commands : plainValues(command))} ;;`,
  ];
}

function set(values: Values): string {
  if (values === 'any') return ':';
  return typeof values === 'string' ? `kind=${values}` : `words=${quoted(values.join(' '))}`;
}
