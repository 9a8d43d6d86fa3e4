/**
 * The command as a process of its own: from `dist` where no source is newer, which starts five times faster,
 * else from the sources.
 */
import { readdirSync, statSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('../../', import.meta.url));
const BUILT = `${root}dist/adapters/cli/main.js`;
const ROOMS = ['core', 'plugins', 'runtimes', 'adapters'];

/** What stands between `node` and the arguments of the command. */
export const OWN_COMMAND: readonly string[] = isBuilt()
  ? [BUILT]
  : ['--import', import.meta.resolve('tsx'), `${root}adapters/cli/main.ts`];

/** The environment that it needs: the compiler's settings lie beside the sources, not where the command runs. */
export const OWN_ENVIRONMENT: Readonly<Record<string, string>> = {
  ...(process.env as Record<string, string>),
  TSX_TSCONFIG_PATH: `${root}tsconfig.json`,
};

function isBuilt(): boolean {
  const built = changedAt(BUILT);
  return built > 0 && sources().every((file) => changedAt(file) < built);
}

function sources(): string[] {
  const files = ROOMS.flatMap((room) =>
    readdirSync(root + room, { recursive: true, encoding: 'utf8' }).map((file) => `${root}${room}/${file}`),
  );
  return [`${root}package.json`, ...files];
}

function changedAt(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
