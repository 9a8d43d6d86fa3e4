/** The completion of the command line for zsh, with what each command and option is for. */
import type { CompletedCommand, CompletedOption, Values } from './completion-table.js';
import { plainValues, quoted, stepLines, valueLines } from './shell-text.js';

/** A script to source, or a file `_toolscript` on the `fpath`. */
export function zshCompletion(program: string, table: readonly CompletedCommand[]): string {
  const name = `_${program}`;
  return `#compdef ${program}
# zsh completion of ${program}: source <(${program} completion zsh)
${name}() {
  local at= i cur=\${words[CURRENT]} prev=\${words[CURRENT-1]}
  local -a list
  for ((i = 2; i < CURRENT; i++)); do
    case "$at \${words[i]}" in
${stepLines(table)}
    esac
  done
  case "$at|$prev" in
${valueLines(table, offer)}
    *)
      case "$at|$cur" in
${table.flatMap((command) => wordLines(command, table)).join('\n')}
      esac ;;
  esac
}
if [[ "\${funcstack[1]}" == ${name} ]]; then ${name} "$@"; else compdef ${name} ${program}; fi
`;
}

function wordLines(command: CompletedCommand, table: readonly CompletedCommand[]): string[] {
  const { path, commands, options } = command;
  const below = commands.map((name) => {
    const found = table.find((other) => other.path === `${path} ${name}`.trim());
    return entry(name, found?.description ?? '');
  });
  return [
    `        ${quoted(`${path}|-`)}*) list=(${options.flatMap(optionEntries).join(' ')}); _describe option list ;;`,
    `        ${quoted(`${path}|`)}*) ${below.length > 0 ? `list=(${below.join(' ')}); _describe command list` : offer(plainValues(command))} ;;`,
  ];
}

function optionEntries({ names, description }: CompletedOption): string[] {
  return names.map((name) => entry(name, description));
}

/** A word and what it is for, on one line. */
function entry(name: string, description: string): string {
  const about = description.replace(/\s+/g, ' ').replaceAll(':', String.raw`\:`);
  return quoted(about === '' ? name : `${name}:${about}`);
}

function offer(values: Values): string {
  if (values === 'file') return '_files';
  if (values === 'folder') return '_files -/';
  return values === 'any' ? ':' : `list=(${values.map(quoted).join(' ')}); _describe value list`;
}
