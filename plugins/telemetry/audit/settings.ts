/** How to audit: the settings of a manifest, and of `createAuditSink`. */
import { z } from 'zod';

const MIB = 1024 * 1024;

const wanted = (what: string) => ({ error: `wanted ${what}` });
const text = (what: string) => z.string(wanted(what)).min(1, wanted(what));
const whole = (least: number, most: number) => {
  const error = wanted(`a whole number from ${String(least)} to ${String(most)}`);
  return z.int(error).min(least, error).max(most, error);
};
const flag = z.boolean(wanted('true or false'));

/** When what was written is forced onto the disk. */
export const FSYNC_POLICIES = ['always', 'interval', 'never'] as const;

/** Judges them, and fills in the defaults. */
export const auditSettings = z.strictObject({
  file: text('the path of a file').describe('Where records are appended; its folder must be there.'),
  required: flag
    .default(false)
    .describe(
      'Refuses new scripts while records cannot be written, and a file that cannot be opened at start.',
    ),
  claims: z
    .array(text('the name of a claim'), wanted('names of claims'))
    .max(16, wanted('16 claims at most'))
    .default([])
    .describe("Claims of the caller's token to write into every record, by name."),
  argumentHash: flag
    .default(true)
    .describe('Writes SHA-256 of what each call was given; never the arguments themselves.'),
  key: z
    .string(wanted('a secret of at least 16 characters'))
    .min(16, wanted('a secret of at least 16 characters'))
    .optional()
    .describe('Makes every hash a keyed one. Take it from a variable.'),
  rotate: z
    .strictObject(
      {
        bytes: whole(1024, 1024 ** 4).default(64 * MIB),
        daily: flag.default(false),
        keep: whole(1, 1_000_000).optional(),
      },
      wanted('an object'),
    )
    .prefault({})
    .describe(
      'A new file after so many bytes, and each day (UTC); how many full ones are kept, default: all.',
    ),
  fsync: z
    .enum(FSYNC_POLICIES, wanted(`one of ${FSYNC_POLICIES.join(', ')}`))
    .default('interval')
    .describe(
      'When what was written is forced onto the disk: after each write, every `fsyncMs`, or by the system.',
    ),
  fsyncMs: whole(10, 3_600_000).default(1_000).describe('Milliseconds between, for `interval`.'),
  bufferBytes: whole(64 * 1024, 1024 * MIB)
    .default(16 * MIB)
    .describe('What may wait in memory for the disk; beyond it records are lost, and counted.'),
});

/** What may be set. */
export type AuditSettings = z.input<typeof auditSettings>;

/** With the defaults. */
export type CompleteSettings = z.output<typeof auditSettings>;
