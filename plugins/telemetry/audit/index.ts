/** The door of the audit. */
export { createAuditSink, type AuditMachine } from './audit-sink.js';
export type { AuditDisk } from './disk.js';
export { auditPlugin as default } from './plugin.js';
export { auditRecord, RECORD_SCHEMAS, type AuditRecord } from './record-schema.js';
export { FSYNC_POLICIES, type AuditSettings } from './settings.js';
export { verifyTrail, type TrailFault, type TrailReport } from './trail-check.js';
