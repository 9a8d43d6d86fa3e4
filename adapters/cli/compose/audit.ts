/** The trail of the audit sink, checked. */
import type { TrailReport } from '../../../plugins/telemetry/audit/index.js';

/** Checks a trail of the audit sink: its files, the oldest first. */
export async function verifyAudit(files: readonly string[], key: string | undefined): Promise<TrailReport> {
  const { verifyTrail } = await import('../../../plugins/telemetry/audit/index.js');
  return verifyTrail(files, key);
}
