/** What the protocol's own schemas find wrong. */
import type { StandardSchemaV1 } from '@modelcontextprotocol/client';

/** The first issue in words; nothing when there is none. */
export function firstIssue(schema: StandardSchemaV1, value: unknown): string | undefined {
  const verdict = schema['~standard'].validate(value);
  const issue = verdict instanceof Promise ? undefined : verdict.issues?.[0];
  if (issue === undefined) return undefined;
  const path = (issue.path ?? []).map((part) => String(typeof part === 'object' ? part.key : part));
  return `"${path.join('.')}": ${issue.message}`;
}
