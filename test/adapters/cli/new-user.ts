/** An empty folder and a home of its own, for commands that look for what their user has. */
import { mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

/** Variables by which files are found. */
const FINDING = ['HOME', 'USERPROFILE', 'XDG_CONFIG_HOME', 'CLAUDE_CONFIG_DIR', 'APPDATA', 'LOCALAPPDATA'];

/** Somebody who begins. */
export class NewUser {
  readonly home: string;
  readonly project: string;
  readonly #folder: string;
  readonly #before = { folder: process.cwd(), env: { ...process.env } };

  private constructor(folder: string) {
    this.#folder = folder;
    this.home = join(folder, 'home');
    this.project = join(folder, 'project');
  }

  /** Sits down in the empty project. */
  static async arrive(): Promise<NewUser> {
    const user = new NewUser(await realpath(await mkdtemp(join(tmpdir(), 'toolscript-user-'))));
    for (const folder of [user.home, user.project]) await mkdir(folder);
    for (const name of FINDING) Reflect.deleteProperty(process.env, name);
    process.env['HOME'] = user.home;
    process.env['USERPROFILE'] = user.home;
    process.chdir(user.project);
    return user;
  }

  /** Writes a file of the user's, or of the project. */
  async has(place: 'home' | 'project', file: string, content: string | object): Promise<string> {
    const path = join(this[place], file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, typeof content === 'string' ? content : JSON.stringify(content));
    return path;
  }

  /** Leaves nothing behind. */
  async leave(): Promise<void> {
    process.chdir(this.#before.folder);
    for (const name of FINDING) Reflect.deleteProperty(process.env, name);
    Object.assign(process.env, this.#before.env);
    await rm(this.#folder, { recursive: true, force: true });
  }
}
