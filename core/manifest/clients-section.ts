/** The part of the manifest that says what holds for all clients, over HTTP and stdio alike. */
import { z } from 'zod';

const MAX_PAGE = 10_000;
const MAX_WAIT_MS = 3_600_000;
/** As long as a key of 256 bits, written in hexadecimal or better, at the least. */
const MIN_KEY_LENGTH = 32;

/** What clients are given, and how long they are waited for. */
export const clientsSection = z.strictObject({
  pageSize: z
    .int()
    .min(0)
    .max(MAX_PAGE)
    .default(0)
    .describe('Entries of a list that come at once; 0 is all, as many clients never ask for more.'),
  questionWaitMs: z
    .int()
    .min(1_000)
    .max(MAX_WAIT_MS)
    .default(120_000)
    .describe(
      'Milliseconds that a client of 2026-07-28 may take to bring its answers, while a script or an older server waits for them.',
    ),
  stateKey: z
    .string()
    .min(1)
    .refine((key) => key.length >= MIN_KEY_LENGTH, {
      error: `at least ${String(MIN_KEY_LENGTH)} characters`,
    })
    .exactOptional()
    .describe(
      'Seals what clients bring back for a server between rounds: at least 32 characters, the same in all replicas; ${VARIABLE} keeps it out of the file. Default: a random one for each process.',
    ),
});

/** What holds for all clients, as the manifest says it. */
export type ClientsSection = z.output<typeof clientsSection>;
