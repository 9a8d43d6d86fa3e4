/** The part of the manifest that says who may come over HTTP. */
import { z } from 'zod';

import { TOKEN_ALGORITHMS } from '../token-algorithm.js';

const text = () => z.string().min(1);
const texts = (description: string) => z.array(text()).exactOptional().describe(description);

const id = () => text().max(256).describe("The caller's id: what policies, limits and sinks know it by.");

const claims = () =>
  z.record(z.string(), z.json()).exactOptional().describe('Whatever else policies decide by.');

const token = z.strictObject({
  id: id(),
  token: text()
    .exactOptional()
    .describe('The token, at least 16 characters: ${VARIABLE} keeps it out of the file.'),
  sha256: text().exactOptional().describe('SHA-256 of the token, hexadecimal, in its place.'),
  roles: texts("The caller's roles."),
  scopes: texts("The caller's scopes."),
  claims: claims(),
});

const webAddress = () =>
  text().refine((value) => /^https?:\/\//i.test(value) && URL.canParse(value), {
    error: 'an address that starts with https://',
  });

const jwt = z.strictObject({
  issuer: text().describe('Who must have issued a token: its claim iss, to the letter.'),
  audience: z
    .union([text(), z.array(text()).min(1)])
    .describe('For whom a token must be, at least one of them: its claim aud.'),
  jwksUrl: webAddress().exactOptional().describe("Where the issuer's keys are; https, or loopback."),
  keys: z
    .array(z.record(z.string(), z.json()))
    .min(1)
    .exactOptional()
    .describe('Public keys as JWK, in place of jwksUrl.'),
  publicKeyFile: text()
    .exactOptional()
    .describe("Public keys or certificates in PEM, in place of jwksUrl; relative to the manifest's folder."),
  algorithms: z
    .array(z.enum(TOKEN_ALGORITHMS))
    .min(1)
    .exactOptional()
    .describe('Algorithms that a token may be signed with. Default: all of these.'),
  clockToleranceSeconds: z
    .int()
    .min(0)
    .max(300)
    .exactOptional()
    .describe('How far clocks may be apart. Default 5.'),
  idClaim: text().exactOptional().describe("Which claim is the caller's id. Default sub."),
  rolesClaim: text()
    .exactOptional()
    .describe("Which claim holds the caller's roles; dots lead inside. Default roles."),
  requiredScopes: texts('Scopes that every token must have.'),
});

/** Who is let in over HTTP. */
export const authSection = z.strictObject({
  tokens: z.array(token).min(1).exactOptional().describe('Callers with a token that is known beforehand.'),
  jwt: jwt.exactOptional().describe('Callers with a token of an identity provider.'),
  resource: webAddress()
    .exactOptional()
    .describe(
      'The public address of the endpoint, for clients that look for the identity provider. Default: the audience, when that is one.',
    ),
});

/** Who the client over standard input and output is. */
export const stdioSection = z.strictObject({
  caller: z
    .strictObject({
      id: id(),
      roles: texts("The caller's roles."),
      scopes: texts("The caller's scopes."),
      claims: claims(),
    })
    .exactOptional()
    .describe('Who the client of this process is, and who calls from the command line. Default: anonymous.'),
});

/** Who that client is, as the manifest says it. */
export type StdioSection = z.output<typeof stdioSection>;
