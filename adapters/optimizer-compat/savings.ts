/**
 * What the optimizer spares, in estimated tokens: what a client would have been listed without it, against
 * what it is listed and what its searches answered.
 *
 * A session has an account, as long as it is among the last {@link MAX_ACCOUNTS} that were active. Where
 * requests belong to no session (2026-07-28 over HTTP) each search is told for itself: to add up what may be
 * several conversations of one caller would be no figure of any.
 */
import { randomUUID } from 'node:crypto';
import {
  estimatedTokens,
  estimatedTokensOf,
  type Caller,
  type CodeMode,
  type JsonObject,
  type ToolDefinition,
} from '../../core/index.js';
import type { ListedTools } from './listed-tools.js';

/** Sessions that are remembered at once. */
const MAX_ACCOUNTS = 1_000;

/** What is listed: all of it, and what is left. */
interface Lists {
  readonly baselineTokens: number;
  readonly listedTokens: number;
}

/** What is told of a session, or of one search. */
interface Figures extends Lists {
  readonly sessionId?: string;
  readonly finds: number;
  readonly foundTokens: number;
}

interface Account {
  readonly figures: Figures;
  /** What was listed when it was last measured. */
  readonly tools: WeakRef<readonly ToolDefinition[]>;
}

/** How much of the baseline is saved, in percent with two decimals; 0 of nothing. */
export function percentSaved(baselineTokens: number, tokens: number): number {
  if (baselineTokens === 0) return 0;
  return Math.round(((baselineTokens - tokens) / baselineTokens) * 10_000) / 100;
}

/** The accounts of one optimizer. */
export class Savings {
  readonly #codeMode: CodeMode;
  readonly #listed: ListedTools;
  readonly #scripts: boolean;
  /** The one unused for longest first. */
  readonly #accounts = new Map<string, Account>();

  constructor(codeMode: CodeMode, listed: ListedTools, scripts: boolean) {
    this.#codeMode = codeMode;
    this.#listed = listed;
    this.#scripts = scripts;
  }

  /** A list was asked for. Never rejects. */
  async listed(caller: Caller, tools: readonly ToolDefinition[]): Promise<void> {
    const key = keyOf(caller);
    if (key === undefined || this.#accounts.get(key)?.tools.deref() === tools) return;
    const lists = await this.#measure(caller, tools);
    if (lists === undefined) return;
    const known = this.#accounts.get(key)?.figures;
    const figures = { ...(known ?? { sessionId: randomUUID(), finds: 0, foundTokens: 0 }), ...lists };
    this.#keep(key, { figures, tools: new WeakRef(tools) });
    if (!areSame(known, lists)) this.#tell(caller, figures);
  }

  /** A search answered this text. Answers what its session has spared until now, if it has one. Never rejects. */
  async found(caller: Caller, text: string): Promise<JsonObject | undefined> {
    const foundTokens = Math.floor(Buffer.byteLength(text) / BYTES_PER_TOKEN);
    const tools = await this.#codeMode.listTools(caller).catch(() => undefined);
    if (tools === undefined) return undefined;
    const key = keyOf(caller);
    if (key === undefined) {
      const lists = await this.#measure(caller, tools);
      if (lists !== undefined) this.#tell(caller, { ...lists, finds: 1, foundTokens });
      return undefined;
    }
    await this.listed(caller, tools);
    const account = this.#accounts.get(key);
    return account === undefined ? undefined : this.#add(key, caller, account, foundTokens);
  }

  #add(key: string, caller: Caller, { figures, tools }: Account, foundTokens: number): JsonObject {
    const sum = {
      ...figures,
      finds: figures.finds + 1,
      foundTokens: figures.foundTokens + foundTokens,
    };
    this.#keep(key, { figures: sum, tools });
    this.#tell(caller, sum);
    return metricsOf(sum);
  }

  async #measure(caller: Caller, tools: readonly ToolDefinition[]): Promise<Lists | undefined> {
    try {
      const details = this.#scripts ? (['full', 'brief'] as const) : [];
      const [full, brief] = await Promise.all(
        details.map((detail) => this.#codeMode.scriptTool(caller, detail)),
      );
      return {
        baselineTokens: estimatedTokensOf(tools) + tokensOf(full),
        listedTokens: estimatedTokensOf(this.#listed.of(tools)) + tokensOf(brief),
      };
    } catch {
      return undefined;
    }
  }

  #keep(key: string, account: Account): void {
    this.#accounts.delete(key);
    this.#accounts.set(key, account);
    const [oldest] = this.#accounts.keys();
    if (this.#accounts.size > MAX_ACCOUNTS && oldest !== undefined) this.#accounts.delete(oldest);
  }

  #tell(caller: Caller, figures: Figures): void {
    this.#codeMode.tell({ name: 'savings.measured', caller, ...figures });
  }
}

const BYTES_PER_TOKEN = 4;

function keyOf({ id, session }: Caller): string | undefined {
  return session === undefined ? undefined : JSON.stringify([id, session]);
}

function areSame(known: Lists | undefined, now: Lists): boolean {
  return known?.baselineTokens === now.baselineTokens && known.listedTokens === now.listedTokens;
}

function tokensOf(tool: ToolDefinition | undefined): number {
  return tool === undefined ? 0 : estimatedTokens(tool);
}

function metricsOf({ finds, baselineTokens, listedTokens, foundTokens }: Figures): JsonObject {
  const seenTokens = listedTokens + foundTokens;
  return {
    finds,
    baseline_tokens: baselineTokens,
    seen_tokens: seenTokens,
    savings_percent: percentSaved(baselineTokens, seenTokens),
  };
}
