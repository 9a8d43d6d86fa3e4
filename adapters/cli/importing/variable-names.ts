/** Names of the variables that take the place of secrets: one name is one value, over all servers. */

/** A variable that somebody must set. */
export interface NeededVariable {
  readonly name: string;
  readonly server: string;
  /** What of the server it is for, e.g. `env GITHUB_TOKEN`. */
  readonly use: string;
  /** What it must hold, where the client's file said so: a secret, for no screen. */
  readonly value?: string;
  /** What a client says when it asks for it. */
  readonly description?: string;
}

const MAX_LENGTH = 100;

/** Names that say nothing of whose they are, and those that decide how programs run: a server's own is taken. */
const NOBODYS =
  /^(?:(?:API|ACCESS|AUTH|SECRET|BEARER|CLIENT)?_?(?:KEY|TOKEN|SECRET|PASSWORD|HEADER)|AUTH|AUTHORIZATION|USERNAME|URL|PATH|HOME|SHELL|USER|TMPDIR|NODE_.*|LD_.*|DYLD_.*|PYTHON.*|.*_PROXY|TOOLSCRIPT_.*)$/;

/** Hands out names. */
export class VariableNames {
  /** Of a variable that the files refer to the value is not known. */
  readonly #values: Map<string, string | undefined>;

  /** Begins with what another one has handed out. */
  constructor(before?: VariableNames) {
    this.#values = new Map(before === undefined ? [] : before.#values);
  }

  /** Keeps a name for whatever its user has in it. */
  refer(name: string): void {
    if (!this.#values.has(name)) this.#values.set(name, undefined);
  }

  /** The wanted name, else one with the server's in front; the same for the same value. */
  take(wanted: string, server: string, value: string): string {
    const plain = variableName(wanted);
    const own = plain.startsWith(`${variableName(server)}_`) ? plain : variableName(`${server}_${wanted}`);
    for (let number = 1; ; number += 1) {
      const names = number === 1 ? [...(NOBODYS.test(plain) ? [] : [plain]), own] : [`${own}_${number}`];
      const free = names.find((name) => !this.#values.has(name) || this.#values.get(name) === value);
      if (free === undefined) continue;
      this.#values.set(free, value);
      return free;
    }
  }
}

/** A text as the name of a variable: capitals, digits and `_`. */
export function variableName(text: string): string {
  const name = text
    .replace(/([a-z\d])([A-Z])/g, '$1_$2')
    .toUpperCase()
    .replace(/[^A-Z\d]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .slice(0, MAX_LENGTH);
  return /^[A-Z]/.test(name) ? name : `SERVER_${name}`.replace(/_$/, '');
}
