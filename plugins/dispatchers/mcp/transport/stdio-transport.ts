/**
 * The stdio transport: one JSON-RPC message a line, to and from a child process.
 *
 * It differs from the SDK's where a misbehaving server would hurt others: the child's whole process group
 * ends with it, a malformed or too long answer fails the one request that it belongs to, and standard
 * error is drained and kept short.
 */
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { parseJSONRPCMessage, type JSONRPCMessage, type Transport } from '@modelcontextprotocol/client';

import { endChild, exitWithin, startChild } from './child-process.js';
import { LineSplitter, type LineTaker } from './line-splitter.js';
import { failedAnswer, MAX_MESSAGE_BYTES } from './failed-answer.js';
import type { StdioServerConfig } from './server-config.js';

const MAX_WORDS_LENGTH = 4_000;
/** How long the end of a child's streams and its exit may be apart: another process may hold them open. */
const DRAIN_MS = 250;
const UNREAD = 'the process closed its standard input';

/** Speaks to one child process; started once. */
export class StdioTransport implements Transport, LineTaker {
  onclose?: () => void;
  onerror?: (error: Error) => void;
  onmessage?: Transport['onmessage'];
  /** Called for the first line that is not the protocol. */
  onnoise?: () => void;

  readonly #config: StdioServerConfig;
  readonly #lines = new LineSplitter(MAX_MESSAGE_BYTES, this);
  #starting: Promise<void> | undefined;
  #child: ChildProcessWithoutNullStreams | undefined;
  #ended: Promise<void> | undefined;
  #words = '';
  #noisy = false;

  constructor(config: StdioServerConfig) {
    this.#config = config;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** The last that the child wrote to standard error. */
  get stderr(): string {
    return this.#words;
  }

  /** How the child ended, once it has. */
  get ending(): string | undefined {
    if (this.#child === undefined) return undefined;
    const { exitCode, signalCode } = this.#child;
    if (exitCode !== null) return `the process exited with code ${exitCode}`;
    return signalCode === null ? undefined : `the process was ended by ${signalCode}`;
  }

  start(): Promise<void> {
    return (this.#starting ??= this.#start());
  }

  /** A child that reads no more has ended, as a rule: the failure waits until it is known how. */
  send(message: JSONRPCMessage): Promise<void> {
    const child = this.#child;
    if (child === undefined) return Promise.reject(new Error('the process has not been started'));
    const text = `${JSON.stringify(message)}\n`;
    return new Promise((resolve, reject) => {
      child.stdin.write(text, (error) => {
        if (error) void exitWithin(DRAIN_MS, child).then(() => reject(new Error(UNREAD)));
        else resolve();
      });
    });
  }

  /** Ends the process and all that it started. */
  async close(): Promise<void> {
    this.#starting ??= Promise.reject(new Error('the process was ended before it was started'));
    await this.#starting.catch(() => undefined);
    if (this.#child !== undefined) await this.#end(this.#child);
  }

  line(text: string): void {
    if (text.trim() === '') return;
    const message = readMessage(text);
    if (message === undefined) this.#noise();
    else this.#hand(message);
  }

  overlong(head: string, tail: string, bytes: number): void {
    const id = /^\{"jsonrpc":"2\.0","id":(\d+),/.exec(head) ?? /"id":(\d+)\}\s*$/.exec(tail);
    const reason = `answered with ${bytes} bytes, at most ${MAX_MESSAGE_BYTES} are read`;
    if (id === null) this.#noise();
    else this.#hand(failedAnswer(Number(id[1]), reason));
  }

  /** The SDK throws for some messages, such as a deep one that answers nothing: nobody else may suffer from that. */
  #hand(message: JSONRPCMessage): void {
    try {
      this.onmessage?.(message);
    } catch {
      this.onerror?.(new Error('a message could not be read'));
    }
  }

  async #start(): Promise<void> {
    const child = await startChild(this.#config);
    this.#child = child;
    child.stdout.on('data', (chunk: Buffer) => this.#lines.push(chunk));
    child.stderr.setEncoding('utf8').on('data', (text: string) => this.#hear(text));
    for (const stream of [child.stdin, child.stdout, child.stderr]) {
      stream.on('error', (error) => this.onerror?.(error));
    }
    child.once('exit', () => setTimeout(() => void this.#end(child), DRAIN_MS));
    child.once('close', () => {
      void this.#end(child);
      this.onclose?.();
    });
  }

  #end(child: ChildProcessWithoutNullStreams): Promise<void> {
    return (this.#ended ??= endChild(child));
  }

  #hear(text: string): void {
    this.#words = (this.#words + text).slice(-MAX_WORDS_LENGTH);
  }

  #noise(): void {
    if (this.#noisy) return;
    this.#noisy = true;
    this.onnoise?.();
  }
}

/** The message of a line; an answer that is malformed becomes a failed one, so that nobody waits for it. */
function readMessage(text: string): JSONRPCMessage | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
    return parseJSONRPCMessage(value);
  } catch {
    const { id, method } = (value ?? {}) as { id?: unknown; method?: unknown };
    if (typeof id !== 'number' || method !== undefined) return undefined;
    return failedAnswer(id, 'answered with something that is not a JSON-RPC response');
  }
}
