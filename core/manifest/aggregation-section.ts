/** The parts of the manifest that say which tools are let in, and under which names. */
import { z } from 'zod';

const SERVER_PLACE = '{server}';
const MAX_PATTERN_LENGTH = 256;
const MAX_PATTERNS = 1_000;
const MAX_PREFIX_LENGTH = 64;
const CHARACTERS = 'letters, digits, "_", "-" and "."';

const isPrefix = (text: string): boolean =>
  /^[A-Za-z0-9_.-]*$/.test(text) && text.length <= MAX_PREFIX_LENGTH;

const isFormat = (text: string): boolean => {
  const parts = text.split(SERVER_PLACE);
  return parts.length === 2 && parts.every(isPrefix);
};

/** Patterns of names. */
export const patterns = () => z.array(z.string().min(1).max(MAX_PATTERN_LENGTH)).max(MAX_PATTERNS);

const hint = (what: string) => z.boolean().exactOptional().describe(what);

const override = z.strictObject({
  name: z
    .string()
    .refine((name) => /^[A-Za-z0-9_.-]{1,128}$/.test(name), { error: `1 to 128 ${CHARACTERS}` })
    .exactOptional()
    .describe('The name under which it is listed and called.'),
  title: z.string().exactOptional().describe('Its title for people.'),
  description: z.string().exactOptional().describe('What it does, for models.'),
  annotations: z
    .strictObject({
      title: z.string().exactOptional().describe('Its title, as older clients read it.'),
      readOnlyHint: hint('Whether it changes nothing.'),
      destructiveHint: hint('Whether what it changes may be lost.'),
      idempotentHint: hint('Whether calling it again changes nothing more.'),
      openWorldHint: hint('Whether it reaches beyond what is known here.'),
    })
    .exactOptional()
    .describe("Each takes the place of the server's; the others stay."),
});

/** What happens to the tools of one server. */
export const toolsSection = z
  .strictObject({
    include: patterns()
      .exactOptional()
      .describe("Patterns (*, ?) of the server's own names; only these tools are let in. Default: all."),
    exclude: patterns()
      .exactOptional()
      .describe("Patterns (*, ?) of the server's own names; these tools are left out."),
    overrides: z
      .record(z.string().min(1).max(MAX_PATTERN_LENGTH), override)
      .superRefine(refuseSharedNames)
      .exactOptional()
      .describe("What is said of a tool in place of what its server says, by the server's own name for it."),
  })
  .meta({ id: 'tools' });

type Overrides = Readonly<Record<string, { readonly name?: string }>>;

function refuseSharedNames(overrides: Overrides, context: z.core.$RefinementCtx<Overrides>): void {
  const seen = new Set<string>();
  for (const [tool, { name = tool }] of Object.entries(overrides)) {
    if (seen.has(name)) {
      const message = 'a name that no other tool of the server is given';
      context.issues.push({ code: 'custom', path: [tool, 'name'], message, input: overrides });
    }
    seen.add(name);
  }
}

/** A text that stands in front of a server's names. */
export const prefixField = z
  .string()
  .refine(isPrefix, { error: `at most ${String(MAX_PREFIX_LENGTH)} ${CHARACTERS}` })
  .exactOptional()
  .describe('Stands in front of all names of its tools, in place of what aggregation says; may be empty.');

/** How tools are named that several servers offer. */
export const aggregationSection = z
  .strictObject({
    conflicts: z
      .enum(['prefix', 'priority', 'manual'])
      .exactOptional()
      .describe(
        'What happens to a name that several servers offer. prefix (the default): all get their server in front; priority: the first server of the list keeps it, the others leave theirs out; manual: it is a fault until overrides solve it.',
      ),
    prefix: z
      .enum(['when-needed', 'always'])
      .exactOptional()
      .describe('Whether only names that clash get their server in front (the default), or all.'),
    format: z
      .string()
      .refine(isFormat, { error: `${SERVER_PLACE} once, and around it ${CHARACTERS}` })
      .exactOptional()
      .describe('What stands in front: {server} with text around it. Default: {server}_'),
    priority: z
      .array(z.string().min(1))
      .max(MAX_PATTERNS)
      .exactOptional()
      .describe('For conflicts: priority. Names of servers, the first wins.'),
  })
  .superRefine(({ conflicts, priority }, context) => {
    const misfit = (path: string, message: string): void => {
      context.issues.push({ code: 'custom', path: [path], message, input: undefined });
    };
    if (conflicts === 'priority' && priority === undefined)
      misfit('priority', 'names of servers, the first wins');
    if (conflicts !== 'priority' && priority !== undefined)
      misfit('conflicts', '"priority" beside a list of servers');
  });

/** How tools are named, as the manifest says it. */
export type AggregationSection = z.output<typeof aggregationSection>;

/** What happens to the tools of one server, as the manifest says it. */
export type ToolsSection = z.output<typeof toolsSection>;
