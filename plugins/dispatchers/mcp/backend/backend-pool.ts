/**
 * Backends that several dispatchers share, one after another: a server whose configuration stays the same
 * keeps its connection, and its process, while what is composed over it becomes another.
 */
import type { Clock } from '../../../../core/index.js';
import { Backend } from './backend.js';
import type { ClientInfo } from '../connection/connection.js';
import type { ServerConfig } from '../transport/server-config.js';

/** What a backend is, as far as another one would not do in its place. */
export interface BackendKey {
  readonly name: string;
  readonly config: ServerConfig;
  readonly clientInfo: ClientInfo;
  readonly connectTimeoutMs: number;
}

/** Who uses a backend. */
export interface BackendUser {
  /** Its tools or its state changed. */
  onChange(): void;
  /** A problem turned up; one line, without the server's name. Told to the newest user alone. */
  onProblem(problem: string): void;
}

/** A backend in use. */
export interface BackendLease {
  readonly backend: Backend;
  /** Closes the backend when nobody uses it any more. */
  release(): Promise<void>;
}

interface Shared {
  readonly backend: Backend;
  readonly users: Set<BackendUser>;
}

/** Hands out backends; the same one for the same key while somebody uses it. */
export class BackendPool {
  readonly #shared = new Map<string, Shared>();

  /** The backend of this key; it is started when nobody uses it yet. */
  lease(key: BackendKey, user: BackendUser, clock: Clock): BackendLease {
    const id = canonicalText(key);
    const shared = this.#shared.get(id) ?? this.#start(id, key, clock);
    shared.users.add(user);
    return { backend: shared.backend, release: () => this.#release(id, shared, user) };
  }

  #start(id: string, key: BackendKey, clock: Clock): Shared {
    const users = new Set<BackendUser>();
    const backend = new Backend({
      ...key,
      clock,
      onChange: () => {
        for (const user of [...users]) user.onChange();
      },
      onProblem: (problem) => [...users].at(-1)?.onProblem(problem),
    });
    const shared = { backend, users };
    this.#shared.set(id, shared);
    return shared;
  }

  async #release(id: string, { backend, users }: Shared, user: BackendUser): Promise<void> {
    if (!users.delete(user) || users.size > 0) return;
    this.#shared.delete(id);
    await backend.close();
  }
}

/** The same text for the same structure, in whatever order its keys were written. */
function canonicalText(value: unknown): string {
  return JSON.stringify(value, (_key, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  );
}
