/** What the console stands before, as the page is told: servers, languages, tools. */
import {
  redactSecrets,
  VERSION,
  type BackendState,
  type Caller,
  type CodeMode,
  type Workbench,
  type WorkbenchTool,
} from '../../../core/index.js';
import type { ConsoleBackend, ConsoleState, ConsoleTool } from '../api.js';

/** What is offered to clients now. */
export interface Offers {
  readonly codeMode: boolean;
  readonly optimizer: boolean;
}

/** What the console looks at. */
export interface Subject {
  readonly codeMode: CodeMode;
  /** As whom the playground's scripts run; their tools are those that are shown. */
  readonly caller: () => Caller;
  readonly offers: () => Offers;
}

/** Tools that one search answers. */
const MOST_FOUND = 50;
const LONGEST_NOTE = 1_000;
const MOST_NOTES = 50;

/** The view of one subject. The workbench is laid out once until something changes. */
export class ConsoleView {
  readonly #subject: Subject;
  readonly #stop: () => void;
  #workbench: Promise<Workbench> | undefined;

  constructor(subject: Subject) {
    this.#subject = subject;
    this.#stop = subject.codeMode.onChange(() => {
      this.#workbench = undefined;
    });
  }

  async state(): Promise<ConsoleState> {
    const { codeMode, offers } = this.#subject;
    const { languages, names, limits } = await this.#laidOut();
    const backends = codeMode.backends().map(shownBackend);
    return { version: VERSION, languages, names, ...offers(), backends, limits };
  }

  /** By name. */
  async tools(): Promise<readonly ConsoleTool[]> {
    const { tools } = await this.#laidOut();
    return tools.map(shownTool);
  }

  /** What the words find, the best first. */
  async search(text: string): Promise<readonly ConsoleTool[]> {
    const { codeMode, caller } = this.#subject;
    const { tools } = await this.#laidOut();
    const found = await codeMode.findTools({ text, limit: MOST_FOUND }, { caller: caller() });
    const byName = new Map(tools.map((tool) => [tool.tool.name, tool]));
    return found.tools.map((tool) => shownTool(byName.get(tool.tool.name) ?? tool));
  }

  close(): void {
    this.#stop();
  }

  /** What failed is tried again. */
  #laidOut(): Promise<Workbench> {
    const { codeMode, caller } = this.#subject;
    const laidOut = (this.#workbench ??= codeMode.workbench(caller()));
    laidOut.catch(() => {
      if (this.#workbench === laidOut) this.#workbench = undefined;
    });
    return laidOut;
  }
}

function shownBackend({ name, up, starting = false, tools, problems }: BackendState): ConsoleBackend {
  const notes = problems.slice(0, MOST_NOTES).map((problem) => redactSecrets(problem, LONGEST_NOTE));
  return { name, state: starting ? 'starting' : up ? 'up' : 'down', tools, notes };
}

function shownTool({ tool, scriptName, signature, backend }: WorkbenchTool): ConsoleTool {
  const { name, description = '', inputSchema, outputSchema, annotations } = tool;
  return {
    name,
    scriptName,
    signature,
    description,
    inputSchema,
    ...(backend !== undefined && { backend }),
    ...(outputSchema !== undefined && { outputSchema }),
    ...(annotations !== undefined && { annotations }),
  };
}
