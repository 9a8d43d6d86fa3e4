/** What the MCP specification asks of the gateway, as data: a file an area, beside this one. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';

const folder = fileURLToPath(new URL('.', import.meta.url));

const text = z.string().trim().min(1);
const fields = {
  id: z.string().regex(/^[A-Z]+-\d{2}$/),
  /** What the gateway is: a server to its clients, a client to the servers behind it. */
  as: z.enum(['server', 'client']),
  force: z.enum(['MUST', 'SHOULD', 'MAY']),
  /** Revision, page and section, as they stand in addresses. */
  source: z.array(z.string().regex(/^20(25-11-25|26-07-28) [a-z0-9_/-]+(#[a-z0-9%-]+)?$/)).min(1),
  behaviour: text,
};
const test = z.strictObject({
  file: z.string().regex(/^test\/.+\.test\.ts$/),
  /** The full title; `*` stands for any text where several tests are meant. */
  title: text,
});

const area = z.strictObject({
  area: text,
  rows: z
    .array(
      z.union([
        z.strictObject({ ...fields, tests: z.array(test).min(1) }),
        z.strictObject({ ...fields, notMet: text }),
        z.strictObject({ ...fields, doesNotApply: text }),
      ]),
    )
    .min(1),
});

/** Some of the requirements, by what they are about. */
export type Area = z.output<typeof area>;
/** One requirement: met as tests show, or not, or none of the gateway's, each with the reason. */
export type Requirement = Area['rows'][number];

/** The order in which a reader meets them. */
const ORDER = [
  'lifecycle',
  'messages',
  'stdio',
  'streamable-http',
  'tools',
  'resources',
  'prompts',
  'utilities',
  'progress',
  'questions',
  'subscriptions',
  'authorization',
  'security',
];

/** All of them. Throws for a row that is not complete, and for a file that has no place in the order. */
export function readAreas(): Area[] {
  const files = readdirSync(folder).filter((file) => file.endsWith('.json'));
  const strays = files.filter((file) => !ORDER.includes(file.replace('.json', '')));
  if (strays.length > 0)
    throw new Error(`read the requirements: ${strays.join(', ')} has no place in the order`);
  return ORDER.map((name) => area.parse(JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8'))));
}
