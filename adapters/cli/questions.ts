/** Questions to the user of a terminal, one line each. */
import { createInterface } from 'node:readline';

import type { Terminal } from './terminal.js';

/** Nobody answered: the input has ended. */
export class Unanswered extends Error {}

/** Somebody who can be asked. */
export interface Questions {
  /** Yes or no; an empty line means the default. Rejects with {@link Unanswered}. */
  confirm(question: string, byDefault: boolean): Promise<boolean>;
}

/** Whether somebody sits at both ends of the terminal. */
export function isAttended({ input, isWatched }: Terminal): boolean {
  return isWatched && 'isTTY' in input && input.isTTY === true;
}

/** Asks on the error output, reads lines of the input, for as long as `act` takes. */
export async function withQuestions<T>(
  terminal: Terminal,
  act: (questions: Questions) => Promise<T>,
): Promise<T> {
  const reader = createInterface({ input: terminal.input, terminal: false });
  const lines: AsyncIterator<string, undefined> = reader[Symbol.asyncIterator]();
  const confirm = async (question: string, byDefault: boolean): Promise<boolean> => {
    for (;;) {
      terminal.ask(`${question} ${byDefault ? '[Y/n]' : '[y/N]'} `);
      const { value: line } = await lines.next();
      if (line === undefined) throw new Unanswered('nobody answered');
      const answer = ANSWERS.get(line.trim().toLowerCase());
      if (answer !== undefined) return answer === 'default' ? byDefault : answer;
    }
  };
  try {
    return await act({ confirm });
  } finally {
    reader.close();
  }
}

const ANSWERS: ReadonlyMap<string, boolean | 'default'> = new Map<string, boolean | 'default'>([
  ['', 'default'],
  ['y', true],
  ['yes', true],
  ['n', false],
  ['no', false],
]);
