/** Counts what passes through a model's context, in tokens of OpenAI's `o200k_base`: an estimate for other models. */
import { countTokens } from 'gpt-tokenizer/encoding/o200k_base';

/** The part of a definition that a model is told. */
export interface ListedTool {
  readonly name: string;
  readonly description?: string | undefined;
  readonly inputSchema: object;
}

/** A conversation, as far as tools make it longer: no prompt, no thinking, no last words. */
export class Transcript {
  #listed = 0;
  #called = 0;
  #answered = 0;
  #reread = 0;
  #turns = 0;

  /** Titles, hints and output schemas are not counted. */
  list(tools: readonly ListedTool[]): void {
    for (const { name, description, inputSchema } of tools) {
      this.#listed += countTokens(JSON.stringify({ name, description, inputSchema }));
    }
  }

  /** One turn of the model: it reads all so far, writes calls, gets results. */
  turn(exchanges: readonly { readonly call: string; readonly result: string }[]): void {
    this.#turns += 1;
    this.#reread += this.once;
    for (const { call, result } of exchanges) {
      this.#called += countTokens(call);
      this.#answered += countTokens(result);
    }
  }

  /** Of the definitions that stand before everything. */
  get listed(): number {
    return this.#listed;
  }

  /** Of the calls, which the model writes. */
  get called(): number {
    return this.#called;
  }

  /** Of the results. */
  get answered(): number {
    return this.#answered;
  }

  /** How many turns had calls. */
  get turns(): number {
    return this.#turns;
  }

  /** Each text counted once: the length of the context at the end. */
  get once(): number {
    return this.#listed + this.#called + this.#answered;
  }

  /** What is read in all turns together, the last one included, when nothing is kept from turn to turn. */
  get read(): number {
    return this.#reread + this.once;
  }
}
