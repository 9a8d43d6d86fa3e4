/** Tells the sinks that a gateway serves, and how: each composition once, and again when that is another. */
import type { CodeMode } from '../../core/index.js';
import { CodeModeSwitch } from './code-mode-switch.js';

/** What is told. */
export interface ServiceNoticeOptions {
  readonly codeMode: CodeMode;
  readonly version: string;
  /** Whether scripts are offered, at this moment. */
  readonly offersScripts: () => boolean;
}

/** One gateway's. */
export class ServiceNotice {
  readonly #options: ServiceNoticeOptions;
  /** What was told last; nothing before a door is opened. */
  #told: boolean | undefined;

  constructor(options: ServiceNoticeOptions) {
    this.#options = options;
  }

  /** A door is opened. */
  begin(): void {
    if (this.#told !== undefined) return;
    const { codeMode, offersScripts } = this.#options;
    this.#tell();
    if (codeMode instanceof CodeModeSwitch) codeMode.onSuccession(() => this.#tell());
    codeMode.onChange(() => {
      if (offersScripts() !== this.#told) this.#tell();
    });
  }

  /** An optimizer that stands before a composition says so itself. */
  #tell(): void {
    const { codeMode, version, offersScripts } = this.#options;
    const scripts = offersScripts();
    this.#told = scripts;
    const about = { service: 'gateway', version, codeMode: scripts, optimizer: false } as const;
    codeMode.tell({ name: 'service.started', ...about });
  }
}
