/** JSON of somebody else, looked at with care. */

/** Tells whether a value is an object that is not an array. */
export function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The schema that takes everything as it came: the SDK's own strip unknown fields. */
export const asItCame = {
  '~standard': {
    version: 1,
    vendor: 'toolscript',
    validate: (value: unknown): { value: unknown } => ({ value }),
  },
} as const;
