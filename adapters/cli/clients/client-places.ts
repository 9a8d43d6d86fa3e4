/** Where clients keep their configurations: those of a project, and those of the user. */
import { homedir } from 'node:os';
import { posix, resolve, win32 } from 'node:path';

import type { ClientName } from './client.js';

/** What decides where files lie. */
export interface System {
  readonly platform: NodeJS.Platform;
  readonly home: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** The project: absolute. */
  readonly folder: string;
}

/** A file that a client reads. */
export interface ClientPlace {
  readonly client: ClientName;
  /** What it holds for. */
  readonly level: 'project' | 'user';
  /** Absolute. */
  readonly file: string;
}

/** This machine, with the working folder as the project. */
export function thisSystem(): System {
  return { platform: process.platform, home: homedir(), env: process.env, folder: resolve() };
}

/** All files that a client may keep servers in, there or not; those of the project first. */
export function clientPlaces(system: System): ClientPlace[] {
  const join = joinOf(system);
  const project = PROJECT_FILES.map(([client, ...path]): ClientPlace => {
    return { client, level: 'project', file: join(system.folder, ...path) };
  });
  const data = applicationData(system);
  const user = USER_FILES.flatMap(([client, base, ...path]) => {
    const folders = { home: [system.home], data, claude: [system.env.CLAUDE_CONFIG_DIR ?? system.home] }[
      base
    ];
    return folders.map((folder): ClientPlace => ({ client, level: 'user', file: join(folder, ...path) }));
  });
  return [...project, ...user];
}

type Join = (...parts: string[]) => string;

function joinOf({ platform }: System): Join {
  const path = platform === 'win32' ? win32 : posix;
  return (...parts) => path.join(...parts);
}

const PROJECT_FILES: readonly (readonly [ClientName, ...string[]])[] = [
  ['claude-code', '.mcp.json'],
  ['cursor', '.cursor', 'mcp.json'],
  ['vscode', '.vscode', 'mcp.json'],
];

const USER_FILES: readonly (readonly [ClientName, 'home' | 'data' | 'claude', ...string[]])[] = [
  ['claude-code', 'claude', '.claude.json'],
  ['claude', 'data', 'Claude', 'claude_desktop_config.json'],
  ['cursor', 'home', '.cursor', 'mcp.json'],
  ['vscode', 'data', 'Code', 'User', 'mcp.json'],
  ['vscode', 'data', 'Code - Insiders', 'User', 'mcp.json'],
  ['windsurf', 'home', '.codeium', 'windsurf', 'mcp_config.json'],
  ['windsurf', 'home', '.codeium', 'mcp_config.json'],
];

/** What a program from the Microsoft Store sees as its folder for application data. */
const STORE = ['Packages', 'Claude_pzs8sxrjxfjjc', 'LocalCache', 'Roaming'];

/** Where applications keep what is theirs. */
function applicationData(system: System): string[] {
  const { platform, home, env } = system;
  const join = joinOf(system);
  if (platform === 'darwin') return [join(home, 'Library', 'Application Support')];
  if (platform !== 'win32') return [env.XDG_CONFIG_HOME || join(home, '.config')];
  const local = env.LOCALAPPDATA || join(home, 'AppData', 'Local');
  return [env.APPDATA || join(home, 'AppData', 'Roaming'), join(local, ...STORE)];
}
