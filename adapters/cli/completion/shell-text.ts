/** What is written alike for bash and zsh. */
import type { CompletedCommand } from './completion-table.js';

/** A text as one word of the shell, whatever is in it. */
export function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}

/** The branches by which a word leads from a command to one below it. */
export function stepLines(table: readonly CompletedCommand[]): string {
  return table
    .filter(({ path }) => path !== '')
    .map(({ path }) => {
      const names = path.split(' ');
      const from = names.slice(0, -1).join(' ');
      return `      ${quoted(`${from} ${names.at(-1)!}`)}) at=${quoted(path)} ;;`;
    })
    .join('\n');
}

/** The branches for what follows an option that takes a value, or a command that takes one of some words. */
export function valueLines(
  table: readonly CompletedCommand[],
  offer: (values: NonNullable<CompletedCommand['first']>) => string,
): string {
  const lines = table.flatMap(({ path, options, first }) => [
    ...options.flatMap(({ names, values }) =>
      values === undefined
        ? []
        : [[names.map((name) => quoted(`${path}|${name}`)).join('|'), values] as const],
    ),
    ...(Array.isArray(first) ? [[quoted(`${path}|${path.split(' ').at(-1)!}`), first] as const] : []),
  ]);
  return lines.map(([pattern, values]) => `    ${pattern}) ${offer(values)} ;;`).join('\n');
}

/** What the command's arguments are completed from, where no words are. */
export function plainValues({ first, others }: CompletedCommand): CompletedCommand['first'] {
  return Array.isArray(first) ? others : first;
}
