/** Clients that come to the gateway of a soak, stay for a while and go, one after another at each place. */
import { setTimeout as pause } from 'node:timers/promises';

import { anAct, chanceOf, oneOf, type Chance } from './act.js';
import { perform } from './asking.js';
import type { Stage } from './stage.js';
import type { Tally } from './tally.js';
import { VISITORS, type Visitor } from './visitor.js';

const PLACES = 10;
const AFTER_FAULT_MS = 100;

/** When the soak is over, as `Date.now()` has it, and what decides what happens in it. */
export interface Course {
  readonly until: number;
  readonly seed: number;
}

/** Until the soak is over, or the gateway has gone. */
export async function keepVisiting(stage: Stage, course: Course, tally: Tally): Promise<void> {
  await Promise.all(Array.from({ length: PLACES }, (_, place) => new Visits(stage, course, tally).at(place)));
}

class Visits {
  readonly #stage: Stage;
  readonly #course: Course;
  readonly #tally: Tally;

  constructor(stage: Stage, course: Course, tally: Tally) {
    this.#stage = stage;
    this.#course = course;
    this.#tally = tally;
  }

  async at(place: number): Promise<void> {
    const { url, folder, callers } = this.#stage;
    const chance = chanceOf(this.#course.seed * 1_000 + place);
    for (let visit = 0; !this.#isOver && this.#stage.isUp; visit += 1) {
      const kind = oneOf(Object.keys(VISITORS), chance);
      const caller = oneOf(callers, chance);
      try {
        const visitor = await VISITORS[kind]!({ url, folder, ...caller });
        await this.#stay(visitor, caller.id, `${place}-${visit}`, chance);
        this.#tally.count(`clients: ${kind}`);
      } catch (error) {
        this.#tally.fault(`${kind} cannot come or go: ${String(error)} ${detailsOf(error)}`);
        await pause(AFTER_FAULT_MS);
      }
    }
  }

  get #isOver(): boolean {
    return Date.now() >= this.#course.until;
  }

  async #stay(visitor: Visitor, caller: string, name: string, chance: Chance): Promise<void> {
    const tally = this.#tally;
    let words = 0;
    const nonce = (): string => `nonce-${caller}-${name}-${(words += 1)}`;
    const act = (waits = true): Promise<void> =>
      perform(visitor, anAct(chance, caller, nonce), { chance, tally, waits });
    const rounds = 1 + Math.floor(chance() * 20);
    for (let round = 0; round < rounds && !this.#isOver; round += 1) {
      if (chance() < 0.1) await visitor.list();
      await Promise.all(Array.from({ length: 1 + Math.floor(chance() * 3) }, () => act()));
      await pause(chance() * 30);
    }
    const waits = chance() < 0.5;
    const last = act(waits);
    if (waits) await last;
    await visitor.leave(chance() < 0.5);
    await last;
  }
}

/** What a client's error holds beside its words: a status, a cause, where it was thrown. */
function detailsOf(error: unknown): string {
  const { code, data, cause, stack = '' } = error as Error & { code?: unknown; data?: unknown };
  const thrown = stack.split('\n').filter((line) => line.trimStart().startsWith('at '));
  return JSON.stringify({ code, data, cause: String(cause), thrown: thrown.slice(0, 4) });
}
