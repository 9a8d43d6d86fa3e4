/**
 * Strikes secrets out of texts before a sink writes them.
 *
 * What is known by its shape is struck out always: values after a telling name, credentials in addresses and
 * headers, signed tokens, keys with a well-known beginning. What only the operator knows is struck out by
 * patterns. All of it takes time linear in the text: no pattern below can fail late at many places, and those
 * of the operator run on RE2. It is a net and no wall: a secret that looks like any other word goes through,
 * which is why content stays out of events to begin with.
 */
import type { RE2JS } from 're2js';
import { ToolscriptError } from './error.js';
import { cutText } from './short-text.js';

/** The beginning of a text, at most so many UTF-16 units, without what must not be read; `…` for what is cut. */
export type Redaction = (text: string, maxLength: number) => string;

/** Strikes out what is known by its shape. */
export const redactSecrets: Redaction = (text, maxLength) => beginning(text, maxLength, withoutShapes);

/**
 * Strikes out what is known by its shape, and what the patterns match, in the syntax of RE2: 100 at most, of
 * 1,000 characters each. Rejects with `config/invalid`.
 */
export async function createRedaction(patterns: readonly string[]): Promise<Redaction> {
  if (patterns.length === 0) return redactSecrets;
  if (patterns.length > MAX_PATTERNS) {
    throw faulty(`found ${patterns.length} patterns, wanted ${MAX_PATTERNS} at most`);
  }
  const { RE2JS } = await import('re2js');
  const compile = (pattern: string): RE2JS => RE2JS.compile(pattern);
  const programs = patterns.map((pattern, index) => compiled(compile, pattern, index + 1));
  const redact = (text: string): string =>
    programs.reduce(
      (redacted, program) => program.matcher(redacted).replaceAll(REDACTED),
      withoutShapes(text),
    );
  return (text, maxLength) => beginning(text, maxLength, redact);
}

/** What stands in place of a secret. */
const REDACTED = '[redacted]';

const MAX_PATTERNS = 100;
const MAX_PATTERN = 1_000;

/** How much is read beyond what is shown: what begins before the cut is known by what stands after it. */
const READ_BEYOND = 4_096;

function beginning(text: string, maxLength: number, redact: (text: string) => string): string {
  const end = maxLength + READ_BEYOND;
  const redacted = redact(text.slice(0, end));
  return cutText(text.length > end ? `${redacted}…` : redacted, maxLength);
}

function withoutShapes(text: string): string {
  if (!ANY.test(text)) return text;
  return SHAPES.reduce((redacted, shape) => redacted.replace(shape, replacement), text);
}

function compiled(compile: (pattern: string) => RE2JS, pattern: string, nth: number): RE2JS {
  if (pattern.length > MAX_PATTERN) {
    throw faulty(`found pattern ${nth} with ${pattern.length} characters, wanted ${MAX_PATTERN} at most`);
  }
  let program: RE2JS;
  try {
    program = compile(pattern);
  } catch {
    throw faulty(`found pattern ${nth} that cannot be read, wanted the syntax of RE2`);
  }
  if (program.matcher('').find()) {
    throw faulty(`found pattern ${nth} that matches nothing at all, wanted one of a character at least`);
  }
  return program;
}

/** A shape without a group hands over the offset in its place. */
function replacement(_match: string, kept: string | number | undefined): string {
  return typeof kept === 'string' ? `${kept}${REDACTED}` : REDACTED;
}

function faulty(what: string): ToolscriptError {
  return new ToolscriptError({ code: 'config/invalid', message: `redact: ${what}` });
}

/** Names whose value is a secret, also at the end of longer ones: `API_TOKEN`, `client-secret`. */
const SECRET_NAME =
  'authorization|password|passwd|passphrase|pwd|secret|token|credentials?|signature|api[-_]?key|(?:access|private|signing|encryption|account|auth|secret|session)[-_]?(?:key|id)';

/** Such a name, and what stands before its value; JSON may be a text within JSON. */
const SECRET_IS = `(?:${SECRET_NAME})(?:\\\\{0,3}["'])?\\s{0,4}[:=]\\s{0,4}`;

/** Where a value without quotes ends: with the word, or the part of an address. */
const END = '\\s"\'\\\\&,;<>(){}[\\]';

/** Each shape; what its group holds stays. */
const SHAPES: readonly RegExp[] = [
  // A private key, also with its lines escaped.
  /-----BEGIN [A-Z ]{0,40}PRIVATE KEY-----[^-]*(?:-----END [A-Z ]{0,40}PRIVATE KEY-----)?/g,
  // https://user:password@host
  /(:\/\/)[^\s/?#@"'<>\\]+(?=@)/g,
  // Cookie: a=b; c=d
  /(cookie\\{0,3}["']?\s{0,4}[:=]\s{0,4}\\{0,3}["']?)[^\r\n"'\\]+/gi,
  // "api_key": "…", 'token': '…', and the same within a text of JSON
  new RegExp(`(${SECRET_IS}")(?:[^"\\\\]|\\\\[^])+`, 'gi'),
  new RegExp(`(${SECRET_IS}')(?:[^'\\\\]|\\\\[^])+`, 'gi'),
  new RegExp(`(${SECRET_IS}\\\\{1,3}["'])[^"'\\\\]+`, 'gi'),
  // password=…, Authorization: Bearer …
  new RegExp(
    `(${SECRET_IS})(?:(?:bearer|basic|digest|token|apikey|negotiate)\\s{1,4})?(?!\\w{1,20}://)[^${END}]+`,
    'gi',
  ),
  // key=…, ?sig=…&code=…
  new RegExp(`(\\bkey=|[?&;](?:sig|auth|code|jwt|sid|session|x-amz-[a-z-]{1,40})=)[^${END}]+`, 'gi'),
  // --password …
  new RegExp(`(-(?:password|passwd|token|secret|api-?key)\\s{1,4})[^-${END}][^${END}]*`, 'gi'),
  // Bearer …, Basic …
  /\b(bearer\s{1,4})[\w.~+/=-]{6,}/gi,
  /\b([Bb]asic\s{1,4})(?=[a-z]*[A-Z\d+/=])[A-Za-z\d+/]{6,}={0,2}/g,
  // A JSON Web Token, or whatever else begins as JSON in base64.
  /eyJ[\w-]{10,}(?:\.[\w-]*){0,4}/g,
  // Keys that say whose they are.
  /(?<![A-Za-z\d])(?:sk|pk|rk)[-_][\w-]{16,}/g,
  /(?:gh[opusr]_|github_pat_|glpat-|npm_|pypi-|hf_|shpat_|dop_v1_|whsec_|lin_api_)[\w-]{16,}/g,
  /(?:xox[a-z]|xapp)-[\w-]{8,}/g,
  /A[KS]IA[A-Z\d]{16}/g,
  /AIza[\w-]{30,}|ya29\.[\w-]{20,}|SG\.[\w-]{16,}/g,
];

/** Whether there is anything to strike out: most texts are read once. */
const ANY = new RegExp(SHAPES.map(({ source }) => source).join('|'), 'i');
