/** What an access list is made of, and the one definition that judges it. */
import { z } from 'zod';

import { MAX_PATTERN_LENGTH, type ConfigSchema } from '../../../core/index.js';

const MAX_RULES = 1_000;

const text = () => z.string().min(1);
/** `*` is any text, `?` one character. */
const patterns = () => z.array(text().max(MAX_PATTERN_LENGTH)).min(1).readonly().exactOptional();
const plain = () => z.union([z.string(), z.number(), z.boolean(), z.null()]);

const CLAIM_OF_CLIENT = 'wanted a claim of the token: client is what a client says of itself';

/** For whom a rule is: of each thing that is named, one pattern must fit. */
const callers = z
  .strictObject({
    ids: patterns(),
    roles: patterns(),
    scopes: patterns(),
    /** Claims by their path, dots lead inside; the value itself, or one of a list, must fit. */
    claims: z
      .record(
        text().refine((path) => path.split('.', 1)[0] !== 'client', { error: CLAIM_OF_CLIENT }),
        z
          .array(z.union([text().max(MAX_PATTERN_LENGTH), z.number(), z.boolean()]))
          .min(1)
          .readonly(),
      )
      .exactOptional(),
  })
  .readonly();

/** What a rule is about. */
const subjects = z
  .strictObject({
    tools: patterns(),
    /** Tools of these servers only; without `tools`, all of theirs. */
    servers: patterns(),
    codeMode: z.literal(true).exactOptional(),
    /** Scripts in these languages only; without `codeMode`, the same. */
    languages: patterns(),
    resources: patterns(),
    prompts: patterns(),
    /** That scripts are shown in the console: they are, unless a rule denies it. */
    console: z.literal(true).exactOptional(),
  })
  .readonly()
  .refine((given) => Object.keys(given).length > 0, {
    error: 'wanted tools, servers, codeMode, languages, resources, prompts or console',
  });

/** What must be so of one argument. A path leads inside by dots; what is not there is never so. */
const condition = z
  .strictObject({
    argument: text(),
    equals: plain().exactOptional(),
    oneOf: z.array(plain()).min(1).readonly().exactOptional(),
    prefix: text().exactOptional(),
  })
  .readonly()
  .refine((given) => Object.keys(given).length === 2, {
    error: 'wanted one of equals, oneOf and prefix',
  });

const rule = z
  .strictObject({
    /** What sinks call it. */
    name: text().exactOptional(),
    callers: callers.exactOptional(),
    allow: subjects.exactOptional(),
    deny: subjects.exactOptional(),
    /** The rule is about calls of which all this is so. */
    when: z.array(condition).min(1).readonly().exactOptional(),
  })
  .readonly()
  .refine(({ allow, deny }) => (allow === undefined) !== (deny === undefined), {
    error: 'wanted one of allow and deny',
  })
  .refine(({ allow }) => allow?.console === undefined, {
    error: 'wanted it in deny: the console shows scripts unless a rule denies it',
    path: ['allow', 'console'],
  })
  .refine(({ allow, deny, when }) => when === undefined || hasTools(allow ?? deny), {
    error: 'wanted tools or servers beside when, which is about their arguments',
    path: ['when'],
  });

function hasTools(about: Subjects | undefined): boolean {
  return about !== undefined && Object.keys(about).every((key) => key === 'tools' || key === 'servers');
}

const definition = z.strictObject({
  /** What holds where no rule does. */
  default: z.enum(['allow', 'deny']).default('deny'),
  /** Only tools that are annotated as such (`readOnlyHint`), whatever the rules say. */
  readOnly: z.boolean().default(false),
  rules: z.array(rule).max(MAX_RULES).readonly().default([]),
});

/** An access list, as written. */
export type AccessListOptions = z.input<typeof definition>;
/** An access list, complete. */
export type AccessRules = z.output<typeof definition>;
export type AccessRule = z.output<typeof rule>;
export type Callers = z.output<typeof callers>;
export type Subjects = z.output<typeof subjects>;
export type Condition = z.output<typeof condition>;

/** Judges an access list; every fault at once. */
export const accessListSchema: ConfigSchema<AccessRules> = {
  '~standard': {
    version: 1,
    vendor: 'toolscript',
    validate(value) {
      const { data, error } = definition.safeParse(value, { error: words });
      return error === undefined ? { value: data } : { issues: error.issues };
    },
  },
};

/** Texts of a list may be secrets to somebody: none is shown. */
function words(issue: z.core.$ZodRawIssue): string {
  const met = issue.input === undefined ? 'found nothing, ' : '';
  switch (issue.code) {
    case 'unrecognized_keys':
      return `found ${issue.keys.map((key) => JSON.stringify(key.slice(0, 80))).join(', ')}, which nobody knows here`;
    case 'invalid_type':
      return `${met}wanted ${KINDS[issue.expected] ?? issue.expected}`;
    case 'invalid_value':
      return `${met}wanted ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
    case 'too_small':
      return `wanted at least ${String(issue.minimum)}`;
    case 'too_big':
      return `wanted at most ${String(issue.maximum)}`;
    case 'invalid_key':
      return issue.issues[0]?.message ?? 'wanted another key';
    case 'invalid_union':
      return 'wanted a text, a number, true, false or null';
    default:
      return 'wanted something else';
  }
}

const KINDS: Readonly<Record<string, string>> = {
  string: 'a text',
  array: 'a list',
  object: 'an object',
  record: 'an object',
  boolean: 'true or false',
};
