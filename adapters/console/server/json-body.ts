/** The body of a request as JSON, read no further than allowed. */
import type { IncomingMessage } from 'node:http';

import { isJsonObject, type JsonObject } from '../../../core/index.js';
import type { ScriptDraft } from '../api.js';
import { RouteFault } from './fault.js';

/** A script and its data at their largest by default, spelled as badly as JSON allows. */
const MAX_BYTES = 32 * 1024 * 1024;

/** Reads a script that is being written. */
export async function readDraft(request: IncomingMessage): Promise<ScriptDraft> {
  if (!/^application\/json\b/i.test(request.headers['content-type'] ?? '')) {
    throw unfit(415, 'the body is no application/json');
  }
  const draft = jsonObject(await readText(request));
  const { script, language, data } = draft;
  if (typeof script !== 'string') throw unfit(400, 'script must be a string');
  if (language !== undefined && typeof language !== 'string') throw unfit(400, 'language must be a string');
  if (data !== undefined && !isJsonObject(data)) throw unfit(400, 'data must be an object');
  return { script, ...(language !== undefined && { language }), ...(data !== undefined && { data }) };
}

async function readText(request: IncomingMessage): Promise<string> {
  if (Number(request.headers['content-length']) > MAX_BYTES) throw tooLarge();
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BYTES) throw tooLarge();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

function jsonObject(text: string): JsonObject {
  try {
    const json: unknown = JSON.parse(text);
    if (isJsonObject(json)) return json;
  } catch {
    // Told below.
  }
  throw unfit(400, 'the body is no JSON object');
}

function tooLarge(): RouteFault {
  return unfit(413, `the body is of more than ${String(MAX_BYTES)} bytes`);
}

function unfit(status: number, message: string): RouteFault {
  return new RouteFault(status, 'request/invalid', `console: ${message}`);
}
