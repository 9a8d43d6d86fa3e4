/** Questions to the parent that have no answer yet, by number. */
import type { ToolscriptError } from '../../../core/index.js';

interface Question<Answer> {
  resolve(answer: Answer): void;
  reject(error: ToolscriptError): void;
}

/** The questions of one kind. Each is settled once; what comes for another is left. */
export class OpenQuestions<Answer> {
  readonly #open = new Map<number, Question<Answer>>();

  /** The answer, once it is there. */
  open(number: number): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#open.set(number, { resolve, reject });
    });
  }

  /** Answers one. */
  answer(number: number, answer: Answer): void {
    this.#taken(number)?.resolve(answer);
  }

  /** Refuses one. */
  refuse(number: number, error: ToolscriptError): void {
    this.#taken(number)?.reject(error);
  }

  #taken(number: number): Question<Answer> | undefined {
    const question = this.#open.get(number);
    this.#open.delete(number);
    return question;
  }
}
