/** The one table of spans: what each stands for, and what it says. */
import { CONVENTION, OWN, SCRIPT_RUN } from './names.js';

/** One kind of span. */
export interface SpanRow {
  /** `{}` stands for what differs. */
  readonly name: string;
  readonly kind: 'SERVER' | 'INTERNAL' | 'CLIENT';
  /** One sentence, without its full stop. */
  readonly description: string;
  readonly attributes: readonly string[];
  /** Only with the setting `content`. */
  readonly content: readonly string[];
}

/** Every kind, the outermost first. */
export const SPANS = {
  request: {
    name: '{method} {tool or prompt}',
    kind: 'SERVER',
    description: "A client's request, from its coming to its answer",
    attributes: [
      CONVENTION.method,
      CONVENTION.tool,
      CONVENTION.prompt,
      CONVENTION.operation,
      CONVENTION.rpcId,
      CONVENTION.protocolVersion,
      CONVENTION.session,
      CONVENTION.transport,
      CONVENTION.error,
      CONVENTION.rpcStatus,
      OWN.requestId,
      OWN.caller,
    ],
    content: [],
  },
  script: {
    name: SCRIPT_RUN,
    kind: 'INTERNAL',
    description: 'A script, from its beginning to its outcome; one that was refused takes no time',
    attributes: [
      OWN.runId,
      OWN.requestId,
      OWN.caller,
      OWN.scriptHash,
      OWN.scriptBytes,
      OWN.runtime,
      OWN.tools,
      OWN.queued,
      OWN.status,
      OWN.reason,
      OWN.waited,
      OWN.steps,
      OWN.memory,
      OWN.toolCalls,
      OWN.branches,
      OWN.parallelPeak,
      OWN.outputBytes,
      OWN.logBytes,
      OWN.resultBytes,
      OWN.savedTokens,
      OWN.line,
      OWN.failedTool,
      CONVENTION.error,
    ],
    content: [OWN.script, OWN.scriptResult],
  },
  call: {
    name: 'tools/call {tool}',
    kind: 'CLIENT',
    description: 'A tool call, from its sending to its answer; one that was refused takes no time',
    attributes: [
      CONVENTION.method,
      CONVENTION.tool,
      CONVENTION.operation,
      OWN.callId,
      OWN.runId,
      OWN.requestId,
      OWN.caller,
      OWN.mode,
      OWN.backend,
      OWN.line,
      OWN.queued,
      OWN.status,
      OWN.reason,
      OWN.resultBytes,
      CONVENTION.error,
    ],
    content: [CONVENTION.arguments, CONVENTION.result],
  },
} as const satisfies Readonly<Record<string, SpanRow>>;
