/**
 * Writes events to a log with pino, one line of JSON each.
 *
 * To standard error unless said otherwise: standard output belongs to the protocol. Once its stream has
 * failed every `record` throws, so that the core mutes the sink. A stream that does not keep up loses
 * lines; the other sinks hear how many, and so does the log itself.
 */
import { createWriteStream } from 'node:fs';
import type { Writable } from 'node:stream';

import { pino, stdTimeFunctions, type Logger } from 'pino';

import {
  redactSecrets,
  type ContentKind,
  type Redaction,
  type SinkHost,
  type TelemetryEvent,
  type TelemetrySink,
} from '../../../core/index.js';
import { fieldsOf, levelOf, messageOf, type TextRules } from './event-line.js';

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
  /** What lines may tell of what scripts are about. Default: nothing. */
  readonly content?: readonly ContentKind[];
  /** Of each content so many UTF-16 units are written. Default: 2,000. */
  readonly contentLength?: number;
  /** What is struck out of texts. Default: what is known by its shape. */
  readonly redact?: Redaction;
}

/** How much of one content is written, in UTF-16 units. */
export const DEFAULT_CONTENT_LENGTH = 2_000;

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
  readonly content: readonly ContentKind[];
  readonly #logger: Logger;
  readonly #stream: Writable;
  readonly #ownsStream: boolean;
  readonly #texts: TextRules;
  #host: SinkHost | undefined;
  #failure: Error | undefined;
  #lost = 0;

  constructor(options: LogOptions, stream: Writable, ownsStream: boolean) {
    const { content = [], contentLength = DEFAULT_CONTENT_LENGTH, redact = redactSecrets } = options;
    this.content = content;
    this.#texts = { redact, contentLength };
    this.#stream = stream;
    this.#ownsStream = ownsStream;
    this.#logger = loggerOf(options, stream);
    stream.on('error', this.#fail);
  }

  attach(host: SinkHost): void {
    this.#host = host;
  }

  record(event: TelemetryEvent): void {
    if (this.#failure !== undefined) throw this.#failure;
    const level = levelOf(event);
    if (!this.#logger.isLevelEnabled(level)) return;
    if (this.#stream.writableLength > MAX_WAITING_BYTES) this.#lose();
    else this.#logger[level](fieldsOf(event, this.#texts), messageOf(event));
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
    this.#stream.off('error', this.#fail).off('drain', this.#tellLost);
  }

  readonly #fail = (error: Error): void => {
    this.#failure = error;
  };

  #lose(): void {
    if (this.#lost === 0) this.#stream.once('drain', this.#tellLost);
    this.#lost += 1;
  }

  readonly #tellLost = (): void => {
    const lost = this.#lost;
    this.#lost = 0;
    this.#host?.dropped(lost, 'the log does not keep up');
  };
}

function loggerOf({ level = 'info', name = 'toolscript' }: LogOptions, stream: Writable): Logger {
  return pino(
    {
      level,
      base: { name, pid: process.pid },
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (label) => ({ level: label }) },
    },
    { write: (line) => stream.write(plain(line)) },
  );
}

/** JSON lets characters stand as they are that some take for the end of a line, and terminals for commands. */
const NOT_PLAIN = /[\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g;

function plain(line: string): string {
  return line.replace(
    NOT_PLAIN,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
