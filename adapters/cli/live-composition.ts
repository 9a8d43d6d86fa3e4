/** The composition that is served: one after another, while clients stay. */
import { ToolscriptError, type CodeMode, type TelemetrySink } from '../../core/index.js';
import type { Manifest } from '../../core/manifest/index.js';
import { AuthenticatorSwitch } from './authenticator-switch.js';
import {
  compose,
  createPool,
  createSwitch,
  KeptRuntimes,
  openAuthenticator,
  type CodeModeSwitch,
  type ComposeOptions,
  type Exports,
  type Report,
} from './compose/index.js';

/** How compositions are served. */
export interface LiveOptions extends Partial<Pick<ComposeOptions, 'servers' | 'isolation'>> {
  /** Offers code mode whatever the manifest says. */
  readonly codeMode?: true | undefined;
  /** Puts the optimizer before it whatever the manifest says. */
  readonly optimizer?: true | undefined;
  readonly report: Report;
  /** What takes the events of one composition after another, besides the sinks of their manifests. */
  readonly sinks?: readonly TelemetrySink[];
  /** Where telemetry is exported, by one composition after another. */
  readonly exports: Exports;
}

/** What goes on in the next composition where its configuration is the same. */
type Kept = Required<Pick<ComposeOptions, 'pool' | 'processes'>>;

/** A manifest at work that another one may follow. */
export class LiveComposition {
  /** The same for all compositions. */
  readonly codeMode: CodeMode;
  readonly #options: LiveOptions;
  readonly #kept: Kept;
  readonly #switch: CodeModeSwitch;
  /** What compositions that were followed still have to do. */
  readonly #endings = new Set<Promise<void>>();
  #manifest: Manifest;
  #entrance: { readonly path: string; readonly authenticator: AuthenticatorSwitch } | undefined;

  private constructor(first: CodeModeSwitch, manifest: Manifest, kept: Kept, options: LiveOptions) {
    this.codeMode = first;
    this.#switch = first;
    this.#manifest = manifest;
    this.#kept = kept;
    this.#options = options;
  }

  /** Puts the first manifest to work; rejects when it cannot be. */
  static async start(manifest: Manifest, options: LiveOptions): Promise<LiveComposition> {
    const kept = { pool: await createPool(), processes: new KeptRuntimes() };
    const codeMode = await composeNext(manifest, kept, options);
    return new LiveComposition(await createSwitch(codeMode), manifest, kept, options);
  }

  /** The manifest that is in use. */
  get manifest(): Manifest {
    return this.#manifest;
  }

  /** Whether code mode's own tool is offered now. */
  readonly offersScripts = (): boolean => this.#options.codeMode ?? this.#manifest.codeMode.enabled;

  /** Whether tools are found on demand now. */
  readonly optimizes = (): boolean => this.#options.optimizer ?? this.#manifest.optimizer.enabled;

  /** Lets callers in as the manifest in use says; nothing when the first one lets everybody in. */
  async authenticator(path: string): Promise<AuthenticatorSwitch | undefined> {
    const first = await openAuthenticator(this.#manifest, path);
    if (first === undefined) return undefined;
    this.#entrance = { path, authenticator: new AuthenticatorSwitch(first) };
    return this.#entrance.authenticator;
  }

  /**
   * Puts another manifest to work in place of the one in use: new requests go to it as soon as its servers
   * were listed. Rejects when it cannot be put to work; then nothing has changed.
   */
  async follow(manifest: Manifest): Promise<void> {
    const codeMode = await composeNext(manifest, this.#kept, this.#options);
    await orClosed(codeMode, async () => {
      await listed(codeMode);
      await this.#followAuthentication(manifest);
    });
    this.#manifest = manifest;
    const ending = this.#switch.switchTo(codeMode).catch((error: unknown) => {
      this.#options.report(`close what was in use before: ${String(error)}`);
    });
    this.#endings.add(ending);
    void ending.then(() => this.#endings.delete(ending));
  }

  /** Whether everybody may come is settled when the door opens; who may is not. */
  async #followAuthentication(manifest: Manifest): Promise<void> {
    const { path = '', authenticator } = this.#entrance ?? {};
    const next = authenticator && (await openAuthenticator(manifest, path));
    if (next !== undefined) await authenticator?.switchTo(next);
  }

  /** Closes what is in use, and what still has something to do. */
  async close(): Promise<void> {
    await this.codeMode.close();
    await Promise.all(this.#endings);
  }
}

/** Where the operator must solve clashes of names, they are looked for before anybody is served. */
async function composeNext(manifest: Manifest, kept: Kept, options: LiveOptions): Promise<CodeMode> {
  const { served } = await compose(manifest, {
    servers: 'soon',
    isolation: 'process',
    ...options,
    ...kept,
  });
  if (manifest.aggregation.conflicts === 'manual') await orClosed(served, () => listed(served));
  return served;
}

/** Does something with a composition that is closed when that fails. */
async function orClosed(codeMode: CodeMode, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    await codeMode.close();
    throw error;
  }
}

/** Waits for the first list. Rejects when the composition is at fault; a server that is down is not. */
async function listed(codeMode: CodeMode): Promise<void> {
  try {
    await codeMode.listTools();
  } catch (error) {
    if (error instanceof ToolscriptError && error.code === 'config/invalid') throw error;
  }
}
