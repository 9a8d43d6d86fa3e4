/** What sessions are known by: who has the id of one can go on with it, so nobody else is told it. */
import { createHash } from 'node:crypto';

const LENGTH = 16;
const MAX_KEPT = 1_000;

/** By id, the one kept for longest first. */
const labels = new Map<string, string>();

/** The label of a session, worked out once as long as it is among the last {@link MAX_KEPT}. */
export function sessionLabel(id: string): string {
  const known = labels.get(id);
  if (known !== undefined) return known;
  const label = createHash('sha256').update(id).digest('hex').slice(0, LENGTH);
  labels.set(id, label);
  const [oldest] = labels.keys();
  if (labels.size > MAX_KEPT && oldest !== undefined) labels.delete(oldest);
  return label;
}
