/** What a child knows: its runtime, the catalogs that it was sent, the scripts that it runs. */
import { ToolCatalog, ToolscriptError } from '../../../core/index.js';
import type { ScriptRuntime } from '../../../core/index.js';
import { loadRuntime } from '../runtime-source.js';
import type { RuntimeSource } from '../runtime-source.js';
import type { RunMessage, ToChild, ToParent } from '../wire/message.js';
import { HostedScript } from './hosted-script.js';

/** Runs what the parent sends. */
export class ScriptRoom {
  readonly #send: (message: ToParent) => void;
  readonly #catalogs = new Map<number, ToolCatalog>();
  readonly #scripts = new Map<number, HostedScript>();
  #runtime: ScriptRuntime | undefined;

  constructor(send: (message: ToParent) => void) {
    this.#send = send;
  }

  /** Does what a message asks for. What is for a script that is over comes too late, and is left. */
  take(message: ToChild): void {
    switch (message.type) {
      case 'open':
        void this.#open(message.source);
        break;
      case 'catalog':
        this.#catalogs.set(message.catalog, new ToolCatalog(message.tools, this.#runtime!.reservedNames));
        break;
      case 'forget':
        this.#catalogs.delete(message.catalog);
        break;
      case 'run':
        void this.#run(message);
        break;
      case 'reply':
        this.#scripts.get(message.id)?.answer(message.call, message.reply);
        break;
      case 'found':
        this.#scripts.get(message.id)?.find(message.call, message.tools);
        break;
      case 'refused':
        this.#scripts.get(message.id)?.refuse(message.call, new ToolscriptError(message.error));
        break;
      case 'end':
        this.#scripts.get(message.id)?.end(new ToolscriptError(message.reason));
        break;
    }
  }

  async #open(source: RuntimeSource): Promise<void> {
    try {
      this.#runtime = await loadRuntime(source);
      this.#send({ type: 'ready' });
    } catch (error) {
      this.#send({ type: 'unfit', reason: error instanceof Error ? error.message : String(error) });
    }
  }

  async #run(message: RunMessage): Promise<void> {
    const { id, catalog } = message;
    const script = new HostedScript(message, this.#catalogs.get(catalog)!, this.#send);
    this.#scripts.set(id, script);
    await script.run(this.#runtime!);
    this.#scripts.delete(id);
  }
}
