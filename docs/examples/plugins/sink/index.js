/** A sink: takes what happens. `core/event.ts` of toolscript has every event. */
import { definePlugin } from 'toolscript/core';

/** @implements {import('toolscript/core').TelemetrySink} */
export class Sink {
  name = 'my-sink';
  /** @type {readonly import('toolscript/core').EventName[]} */
  takes = ['script.finished'];
  #scripts = 0;

  /** @param {import('toolscript/core').TelemetryEvent} event */
  record(event) {
    if (event.name === 'script.finished') this.#scripts += 1;
  }

  close() {
    if (this.#scripts > 0) process.stderr.write(`my-sink: ${this.#scripts} scripts\n`);
    this.#scripts = 0;
  }
}

export default definePlugin({ kind: 'sink', name: 'my-sink', create: () => new Sink() });
