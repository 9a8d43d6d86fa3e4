/**
 * Writes events to a log with pino, one line of JSON each.
 *
 * To standard error unless said otherwise: standard output belongs to the protocol. Once its stream has
 * failed every `record` throws, so that the core mutes the sink. A stream that does not keep up loses
 * lines, and the log says how many.
 */
import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';

import { pino, stdTimeFunctions, type Logger } from 'pino';

import type { TelemetryEvent, TelemetrySink } from '../../../core/index.js';
import { eventLine } from './event-line.js';

/** The least serious line that is written, from all lines to none. */
export const LOG_LEVELS = ['debug', 'info', 'warn', 'error', 'silent'] as const;

/** How to log. */
export interface LogOptions {
  /** Default: `info`. */
  readonly level?: (typeof LOG_LEVELS)[number];
  /** `stderr`, or the path of a file to append to. Default: `stderr`. */
  readonly destination?: string;
  /** Where to write instead of `destination`; whoever gives it ends it. */
  readonly stream?: Writable;
  /** The name in every line. Default: `toolscript`. */
  readonly name?: string;
}

/** Makes a sink that logs. A file is opened at once; a failure to open it shows at the first event. */
export function createLogSink(options: LogOptions = {}): TelemetrySink {
  const { stream, destination = 'stderr' } = options;
  if (stream !== undefined) return new LogSink(options, stream, false);
  if (destination === 'stderr') return new LogSink(options, process.stderr, false);
  return new LogSink(options, createWriteStream(destination, { flags: 'a' }), true);
}

/** What may wait for a slow stream, in bytes. */
const MAX_WAITING_BYTES = 16 * 1024 * 1024;

class LogSink implements TelemetrySink {
  readonly name = 'log';
  readonly #logger: Logger;
  readonly #stream: Writable;
  readonly #ownsStream: boolean;
  #failure: Error | undefined;
  #lost = 0;

  constructor(options: LogOptions, stream: Writable, ownsStream: boolean) {
    this.#stream = stream;
    this.#ownsStream = ownsStream;
    this.#logger = loggerOf(options, stream);
    stream.on('error', this.#fail);
  }

  record(event: TelemetryEvent): void {
    if (this.#failure !== undefined) throw this.#failure;
    if (this.#stream.writableLength > MAX_WAITING_BYTES) {
      this.#lost += 1;
      return;
    }
    this.#reportLost();
    const { level, message, fields } = eventLine(event);
    this.#logger[level](fields, message);
  }

  async flush(): Promise<void> {
    if (this.#failure !== undefined) return;
    await new Promise<void>((resolve) => this.#stream.write('', () => resolve()));
  }

  async close(): Promise<void> {
    await this.flush();
    if (this.#ownsStream && !this.#stream.closed) {
      await new Promise<void>((resolve) => this.#stream.destroy().once('close', resolve));
    }
    this.#stream.off('error', this.#fail);
  }

  readonly #fail = (error: Error): void => {
    this.#failure = error;
  };

  #reportLost(): void {
    if (this.#lost === 0) return;
    this.#logger.warn({ event: 'log.lost', lines: this.#lost }, 'log lines lost');
    this.#lost = 0;
  }
}

function loggerOf({ level = 'info', name = 'toolscript' }: LogOptions, stream: Writable): Logger {
  return pino(
    {
      level,
      base: { name, pid: process.pid },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    stream,
  );
}
