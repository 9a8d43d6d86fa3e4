/**
 * The records of an audit trail, field by field: the one definition of their types, of the reference page and
 * of the JSON Schema beside it.
 */
import { z } from 'zod';

import { ERROR_CODES, type ErrorCode } from '../../../core/index.js';
import { RECORD_VERSION } from './line-chain.js';

const codes = Object.keys(ERROR_CODES) as [ErrorCode, ...ErrorCode[]];
const hash = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().min(0);
const milliseconds = z.number().min(0);

const claim = z.union([
  z.string(),
  z.number(),
  z.boolean(),
  z.array(z.union([z.string(), z.number(), z.boolean()])),
]);

/** What every record begins with. */
const head = {
  v: z.literal(RECORD_VERSION).describe('The version of the record.'),
  boot: z.string().describe('Who wrote it: a random id, another one each time the trail is opened.'),
  seq: z.int().min(1).describe('Its number under that id, from 1, without gaps.'),
  prev: hash.describe('Digest of the line before, whatever file that is in; 64 zeros for the very first.'),
  time: z.iso.datetime({ precision: 3 }).describe('When it happened: UTC, with milliseconds.'),
};

/** Who. */
const who = {
  caller: z.string().describe("The caller's id; `anonymous` without authentication."),
  session: z
    .string()
    .optional()
    .describe("Label of the client's session: the same for the same session, and of no use to take it over."),
  claims: z
    .record(z.string(), claim)
    .optional()
    .describe(
      "The claims of the caller's token that the setting `claims` names, as far as the token has them.",
    ),
  requestId: z.string().optional().describe("The client's request."),
  traceId: z
    .string()
    .regex(/^[0-9a-f]{32}$/)
    .optional()
    .describe('The trace that it is part of, where there is one.'),
};

const decision = z
  .enum(['allowed', 'denied', 'refused'])
  .describe(
    '`denied`: the policy said no. `refused`: it was no valid request, or its turn did not come. Else `allowed`.',
  );
const reason = z.string().optional().describe('Why the policy said no, in its words.');
const code = z.enum(['ok', ...codes]).describe('How it ended: `ok`, or the error code.');
const runId = z.string().describe("The script's run: its calls carry the same.");
const argumentHash = hash.optional();

/** Each kind of record, without the head. */
const bodies = {
  script: {
    ...who,
    runId,
    scriptHash: z.string().describe("SHA-256 of the script's text; empty for what was no acceptable script."),
    runtime: z.string().describe('The language, e.g. `starlark`.'),
    decision,
    reason,
    code,
    tool: z.string().optional().describe('The tool whose failure ended the script.'),
    steps: count.optional().describe('Steps it took; absent when it did not start, as the next two.'),
    toolCalls: count.optional().describe('Calls it asked for, searches among them.'),
    waitMs: milliseconds.optional().describe('Milliseconds in which it waited for calls.'),
    ranMs: milliseconds.describe('Milliseconds from the asking to the outcome.'),
  },
  call: {
    ...who,
    callId: z.string().describe('The call.'),
    runId: runId.optional().describe('The script that made it; absent for a direct call.'),
    mode: z.enum(['script', 'direct']).describe('Whether a script made it or a client.'),
    tool: z.string().describe("The tool's real name, cut at 500 characters."),
    backend: z.string().optional().describe('The server that has the tool, where that is known.'),
    decision,
    reason,
    code,
    status: z
      .enum(['succeeded', 'failed', 'unknown', 'unsent'])
      .describe('`unknown`: it was sent and no answer came; it may have taken effect.'),
    queuedMs: milliseconds.describe('Milliseconds it waited for its turn.'),
    ranMs: milliseconds.describe('Milliseconds from sending to the end.'),
    argumentHash: argumentHash.describe('Hash of its arguments.'),
  },
  context: {
    ...who,
    method: z.string().describe('`resources/read`, `prompts/get` or `completion/complete`.'),
    target: z.string().optional().describe("The prompt's name. A resource's URI is in `argumentHash` alone."),
    decision: z.literal('denied').describe('Only what the policy denied is recorded.'),
    reason,
    code,
    argumentHash: argumentHash.describe('Hash of the parameters, e.g. of `{"uri":"file:///a"}`.'),
  },
  request: {
    ...who,
    method: z.string().describe('The method, e.g. `tools/call`.'),
    target: z.string().optional().describe('The tool or prompt that was asked for, cut at 500 characters.'),
    decision: z.literal('refused').describe('The caller asked for what does not exist for it.'),
    code,
    ranMs: milliseconds.describe('Milliseconds until it was answered.'),
  },
  opened: {
    pid: z.int().describe("The process's number."),
    host: z.string().describe('The name of the machine.'),
    keyed: z.boolean().describe('Whether hashes are made with a key.'),
  },
  closed: {},
  mended: { cutBytes: count.describe('Bytes of a half-written record that a killed process left.') },
  gap: {
    records: z.int().min(1).describe('How many records were lost.'),
    from: z.iso.datetime({ precision: 3 }).describe('The time of the first of them.'),
    to: z.iso.datetime({ precision: 3 }).describe('The time of the last.'),
  },
};

/** A whole record of one kind. */
function whole<Kind extends string, Fields extends z.ZodRawShape>(kind: Kind, fields: Fields) {
  return z.strictObject({ ...head, kind: z.literal(kind).describe('What it is of.'), ...fields });
}

/** Each kind of record. */
export const RECORD_SCHEMAS = {
  script: whole('script', bodies.script),
  call: whole('call', bodies.call),
  context: whole('context', bodies.context),
  request: whole('request', bodies.request),
  opened: whole('opened', bodies.opened),
  closed: whole('closed', bodies.closed),
  mended: whole('mended', bodies.mended),
  gap: whole('gap', bodies.gap),
};

const { script, call, context, request, opened, closed, mended, gap } = RECORD_SCHEMAS;

/** Judges a line, parsed. */
export const auditRecord = z
  .discriminatedUnion('kind', [script, call, context, request, opened, closed, mended, gap])
  .describe('A line of an audit trail of Toolscript.');

/** A line of an audit trail, parsed. */
export type AuditRecord = z.output<typeof auditRecord>;

/** What a record says before the trail puts its place before it. */
export type RecordBody = AuditRecord extends infer One
  ? One extends AuditRecord
    ? Omit<One, keyof typeof head>
    : never
  : never;
