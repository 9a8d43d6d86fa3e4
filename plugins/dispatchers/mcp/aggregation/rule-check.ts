/** What is wrong with rules of aggregation; they may come from a file, so their types are not believed. */
import { z } from 'zod';

import { MAX_PATTERN_LENGTH } from '../../../../core/index.js';
import { SERVER_PLACE } from './naming-rules.js';
import { isValidName } from './valid-name.js';

const MAX_PATTERNS = 1_000;
const MAX_PREFIX_LENGTH = 64;
const CHARACTERS = 'A-Z, a-z, 0-9, "_", "-" and "."';

const isPrefix = (text: string): boolean =>
  text === '' || (text.length <= MAX_PREFIX_LENGTH && isValidName(text));

const isFormat = (text: string): boolean => {
  const parts = text.split(SERVER_PLACE);
  return parts.length === 2 && parts.every(isPrefix);
};

const patterns = z.array(z.string().min(1).max(MAX_PATTERN_LENGTH)).max(MAX_PATTERNS).optional();

const override = z.object({
  name: z
    .string()
    .refine(isValidName, { error: `must be 1 to 128 of ${CHARACTERS}` })
    .optional(),
  title: z.string().optional(),
  description: z.string().optional(),
  annotations: z.record(z.string(), z.unknown()).optional(),
});

const overrides = z.record(z.string(), override).refine(
  (entries) => {
    const names = Object.entries(entries).map(([key, { name = key }]) => name);
    return new Set(names).size === names.length;
  },
  { error: 'must give each name to one tool' },
);

const serverRules = z.object({
  prefix: z
    .string()
    .refine(isPrefix, { error: `must be at most ${MAX_PREFIX_LENGTH} of ${CHARACTERS}` })
    .optional(),
  tools: z.object({ include: patterns, exclude: patterns, overrides: overrides.optional() }).optional(),
  connectTimeoutMs: z.int().min(1).optional(),
});

const aggregation = z.object({
  conflicts: z.enum(['prefix', 'priority', 'manual']).optional(),
  prefix: z.enum(['when-needed', 'always']).optional(),
  format: z
    .string()
    .refine(isFormat, { error: `must be ${SERVER_PLACE} once, and around it at most ${CHARACTERS}` })
    .optional(),
  priority: z.array(z.string()).max(MAX_PATTERNS).optional(),
});

/** A line for each fault of what a server's entry says beside how to reach it. */
export function serverRuleFaults(rules: unknown): string[] {
  return faultsOf(serverRules, rules);
}

/** A line for each fault of what is said of all servers. */
export function aggregationFaults(options: unknown): string[] {
  return faultsOf(aggregation, options);
}

function faultsOf(schema: z.ZodType, value: unknown): string[] {
  const { error } = schema.safeParse(value);
  return (error?.issues ?? []).map(({ path, message }) => `"${path.map(String).join('.')}": ${message}`);
}
