import { createHash, createHmac } from 'node:crypto';
import { expect } from 'chai';
import { exportSPKI } from 'jose';
import { ToolscriptError, type JsonObject } from '../../../../core/index.js';
import {
  createAuthenticator,
  type AuthOptions,
  type JwtOptions,
} from '../../../../adapters/gateway/auth/authentication.js';
import type { Authenticator } from '../../../../adapters/gateway/authenticator.js';
import {
  AUDIENCE,
  ISSUER,
  KeyAddress,
  now,
  NOW_S,
  signingKey,
  tokenOf,
  unsigned,
  type SigningKey,
} from './identity-provider.js';
import { HandClock, settled } from '../../../support/hand-clock.js';

const SECRET = 'a-token-of-enough-letters';
const asking = (authorization?: string, path = '/mcp'): Request =>
  new Request(`https://mcp.example${path}`, {
    method: 'POST',
    ...(authorization !== undefined && { headers: { authorization } }),
  });

interface Sender {
  readonly clientId: string;
  readonly scopes: string[];
  readonly token: string;
  readonly extra?: JsonObject;
}

async function admitted(gate: Authenticator, token: string): Promise<Sender> {
  const sender = await gate.authenticate(asking(`Bearer ${token}`));
  if (sender instanceof Response) throw new Error(`refused: ${await sender.text()}`);
  return sender as Sender;
}

interface Refused {
  readonly status: number;
  readonly challenge: string;
  readonly body: { error: string; error_description: string };
}

async function refused(gate: Authenticator, authorization?: string): Promise<Refused> {
  const answer = await gate.authenticate(asking(authorization));
  if (!(answer instanceof Response)) throw new Error(`let in: ${answer.clientId}`);
  const text = await answer.text();
  const challenge = answer.headers.get('www-authenticate') ?? '';
  const token = authorization?.split(' ')[1] ?? 'nothing';
  if (token.length > 10) expect(text + challenge, 'quotes the token').not.to.include(token);
  return { status: answer.status, challenge, body: JSON.parse(text) as Refused['body'] };
}

describe('authentication by static tokens', () => {
  const gate = createAuthenticator({
    tokens: [
      { id: 'ci', token: SECRET, roles: ['builder'], scopes: ['read'], claims: { team: 'infra' } },
      { id: 'ops', sha256: createHash('sha256').update(`${SECRET}-2`).digest('hex').toUpperCase() },
    ],
  });

  it('lets in whose token is known, by text or by digest, and forgets the token', async () => {
    expect(await admitted(gate, SECRET)).to.deep.equal({
      token: '',
      clientId: 'ci',
      scopes: ['read'],
      extra: { team: 'infra', roles: ['builder'] },
    });
    expect(await admitted(gate, `${SECRET}-2`)).to.include({ clientId: 'ops' });
    expect(await gate.authenticate(asking(`bearer   ${SECRET} `))).to.include({ clientId: 'ci' });
  });

  it('asks for a token, naming no error, where none is shown', async () => {
    for (const header of [undefined, 'Basic Zm9vOmJhcg==', '']) {
      const { status, challenge } = await refused(gate, header);
      expect([status, challenge]).to.deep.equal([401, 'Bearer']);
    }
    const inQuery = new Request(`https://mcp.example/mcp?access_token=${SECRET}`);
    expect(await gate.authenticate(inQuery)).to.include({ status: 401 });
  });

  const wrong = [
    'Bearer',
    'Bearer ',
    `Bearer ${SECRET} ${SECRET}`,
    `Bearer ${SECRET}, Bearer ${SECRET}`,
    `Bearer ${SECRET.slice(1)}`,
    `Bearer ${SECRET}=`,
    `Bearer ${'x'.repeat(100_000)}`,
    'Bearer {"a":1}',
    'Bearer __proto__',
  ];
  for (const header of wrong) {
    it(`refuses ${header.slice(0, 50)}`, async () => {
      const { status, challenge, body } = await refused(gate, header);
      expect(status).to.equal(401);
      expect(challenge).to.match(/^Bearer error="invalid_token", error_description="[a-z ]+"$/);
      expect(body.error).to.equal('invalid_token');
    });
  }

  it('tells nobody of identity providers where there is none', async () => {
    expect(await gate.answer?.(asking(undefined, '/.well-known/oauth-protected-resource'))).to.equal(
      undefined,
    );
  });
});

describe('authentication by JWT', () => {
  let key: SigningKey;
  let other: SigningKey;
  let rsa: SigningKey;

  before(async () => {
    [key, other, rsa] = await Promise.all([signingKey('k1'), signingKey('k2'), signingKey('r1', 'RS256')]);
  });

  const gateOf = (jwt: Partial<JwtOptions> = {}, options: Partial<AuthOptions> = {}): Authenticator =>
    createAuthenticator(
      {
        jwt: { issuer: ISSUER, audience: AUDIENCE, keys: [key.jwk, rsa.jwk] as JsonObject[], ...jwt },
        ...options,
      },
      { now },
    );

  it('lets in with id, scopes, roles and claims, and forgets the token', async () => {
    const claims = { scope: 'read write', roles: ['dev', 7], dept: { id: 3 } };
    const sender = await admitted(gateOf(), await tokenOf(key, claims));
    expect(sender).to.deep.include({
      token: '',
      clientId: 'alice',
      scopes: ['read', 'write'],
      expiresAt: NOW_S + 60,
    });
    expect(sender.extra).to.deep.include({ roles: ['dev'], dept: { id: 3 }, iss: ISSUER });
  });

  it('takes id and roles from the claims that are named, also from inside others', async () => {
    const gate = gateOf({ idClaim: 'email', rolesClaim: 'realm_access.roles' });
    const claims = { email: 'a@b.example', realm_access: { roles: ['ops'] } };
    expect(await admitted(gate, await tokenOf(key, claims))).to.deep.include({ clientId: 'a@b.example' });
    expect((await admitted(gate, await tokenOf(key, claims))).extra?.['roles']).to.deep.equal(['ops']);
    const { body } = await refused(gate, `Bearer ${await tokenOf(key, { email: '' })}`);
    expect(body.error_description).to.equal('the token names no caller');
  });

  it('keeps hostile claims as data', async () => {
    const claims = JSON.parse(
      '{"__proto__": {"admin": true}, "constructor": "x", "toString": 1}',
    ) as JsonObject;
    const sender = await admitted(gateOf(), await tokenOf(key, claims));
    expect(Object.getPrototypeOf(sender.extra)).to.equal(Object.prototype);
    expect(Object.hasOwn(sender.extra!, '__proto__')).to.equal(true);
    expect((sender.extra as { admin?: unknown }).admin).to.equal(undefined);
    expect(
      (await admitted(gateOf({ rolesClaim: '__proto__.roles' }), await tokenOf(key))).extra?.['roles'],
    ).to.deep.equal([]);
  });

  it('takes RSA and EC keys as JWK, and PEM', async () => {
    expect(await admitted(gateOf(), await tokenOf(rsa))).to.include({ clientId: 'alice' });
    const publicKey = `${await exportSPKI(other.pair.publicKey)}\n${await exportSPKI(key.pair.publicKey)}`;
    const gate = gateOf({ keys: undefined, publicKey });
    expect(await admitted(gate, await tokenOf(key, {}, { kid: undefined }))).to.include({
      clientId: 'alice',
    });
    expect(await admitted(gate, await tokenOf(other, {}, { kid: undefined }))).to.include({
      clientId: 'alice',
    });
    const { body } = await refused(
      gate,
      `Bearer ${await tokenOf(await signingKey('k1'), {}, { kid: undefined })}`,
    );
    expect(body.error_description).to.equal('the token is not valid');
    const late = await tokenOf(key, { exp: NOW_S - 100 }, { kid: undefined });
    expect((await refused(gate, `Bearer ${late}`)).body.error_description).to.equal('the token has expired');
  });

  const claims: readonly (readonly [what: string, claims: object, description: string])[] = [
    ['expired', { exp: NOW_S - 6 }, 'the token has expired'],
    ['without an end', { exp: undefined }, 'the claim exp does not fit'],
    ['with a text for its end', { exp: 'never' }, 'the claim exp does not fit'],
    ['not good yet', { nbf: NOW_S + 6 }, 'the claim nbf does not fit'],
    ['for another audience', { aud: 'https://mcp.example/other' }, 'the claim aud does not fit'],
    ['for no audience', { aud: undefined }, 'the claim aud does not fit'],
    ['for an audience that begins the same', { aud: `${AUDIENCE}/x` }, 'the claim aud does not fit'],
    ['of another issuer', { iss: 'https://id.example/' }, 'the claim iss does not fit'],
    ['of no issuer', { iss: undefined }, 'the claim iss does not fit'],
    ['of nobody', { sub: undefined }, 'the token names no caller'],
    ['of a number', { sub: 7 }, 'the token names no caller'],
    ['of a name with a line break', { sub: 'a\nb' }, 'the token names no caller'],
    ['of an endless name', { sub: 'a'.repeat(300) }, 'the token names no caller'],
    [
      'with claims in claims in claims',
      { a: JSON.parse(`${'['.repeat(500)}${']'.repeat(500)}`) as object },
      'the claims are nested too deep',
    ],
  ];
  for (const [what, changed, description] of claims) {
    it(`refuses a token ${what}`, async () => {
      const { status, body, challenge } = await refused(gateOf(), `Bearer ${await tokenOf(key, changed)}`);
      expect([status, body.error_description]).to.deep.equal([401, description]);
      expect(challenge).to.include('error="invalid_token"');
    });
  }

  it('allows clocks to be apart as far as it is told', async () => {
    expect(await admitted(gateOf(), await tokenOf(key, { exp: NOW_S - 4 }))).to.include({
      clientId: 'alice',
    });
    const strict = gateOf({ clockToleranceSeconds: 0 });
    expect(await refused(strict, `Bearer ${await tokenOf(key, { exp: NOW_S - 1 })}`)).to.include({
      status: 401,
    });
  });

  it('checks a token once in a while, and never lets it in after its end', async () => {
    const clock = new HandClock();
    let nowS = NOW_S;
    const jwt = { issuer: ISSUER, audience: AUDIENCE, keys: [{ ...key.jwk }] as JsonObject[] };
    const gate = createAuthenticator({ jwt }, { now: () => new Date(nowS * 1000), clock });
    const token = await tokenOf(key, { exp: NOW_S + 3 });
    const sender = await admitted(gate, token);
    expect(await admitted(gate, token)).to.equal(sender);
    const pass = async (seconds: number): Promise<void> => {
      nowS += seconds;
      await clock.advance(seconds * 1000);
    };
    await pass(7.9);
    expect(await admitted(gate, token)).to.equal(sender);
    await pass(0.2);
    expect((await refused(gate, `Bearer ${token}`)).body.error_description).to.equal('the token has expired');
    const longer = await tokenOf(key, { exp: NOW_S + 600 });
    const first = await admitted(gate, longer);
    await pass(10.1);
    expect(await admitted(gate, longer)).not.to.equal(first);
  });

  it('lets in for one audience of several, on both sides', async () => {
    const gate = gateOf({ audience: ['x', AUDIENCE] });
    expect(await admitted(gate, await tokenOf(key, { aud: ['y', AUDIENCE] }))).to.include({
      clientId: 'alice',
    });
  });

  describe('is not deceived by', () => {
    const good = { iss: ISSUER, aud: AUDIENCE, sub: 'eve', exp: NOW_S + 60 };
    const forgeries: readonly (readonly [what: string, forge: () => Promise<string> | string])[] = [
      ['no algorithm', () => unsigned({ alg: 'none' }, good)],
      ['no algorithm in capitals', () => unsigned({ alg: 'None', kid: 'k1' }, good, 'AAAA')],
      [
        'a public key as the secret',
        async () => hmac(await exportSPKI(rsa.pair.publicKey), { alg: 'HS256', kid: 'r1' }),
      ],
      ['a public JWK as the secret', () => hmac(JSON.stringify(rsa.jwk), { alg: 'HS256', kid: 'r1' })],
      ['an empty secret', () => hmac('', { alg: 'HS256' })],
      ['a key of another algorithm', () => tokenOf(key, { sub: 'eve' }, { kid: 'r1' })],
      ['a key that nobody knows', () => tokenOf(other, { sub: 'eve' })],
      ['a known name for another key', () => tokenOf(other, { sub: 'eve' }, { kid: 'k1' })],
      ['a key in the token', () => tokenOf(other, { sub: 'eve' }, { kid: undefined, jwk: other.jwk })],
      [
        'an address in the token',
        () => tokenOf(other, { sub: 'eve' }, { kid: undefined, jku: 'https://evil.example/keys' }),
      ],
      ['a path as the name of a key', () => tokenOf(other, { sub: 'eve' }, { kid: '../../../dev/null' })],
      [
        'a statement as the name of a key',
        () => tokenOf(other, { sub: 'eve' }, { kid: "x' UNION SELECT 'k" }),
      ],
      ['__proto__ as the name of a key', () => tokenOf(other, { sub: 'eve' }, { kid: '__proto__' })],
      ['an object as the name of a key', () => unsigned({ alg: 'ES256', kid: { $ne: '' } }, good, 'AAAA')],
      [
        'a header that must be understood',
        () => unsigned({ alg: 'ES256', kid: 'k1', crit: ['x'], x: 1 }, good, 'AAAA'),
      ],
      [
        'a signature of zeros',
        () => unsigned({ alg: 'ES256', kid: 'k1' }, good, Buffer.alloc(64).toString('base64url')),
      ],
      ['an encrypted token', () => `${unsigned({ alg: 'dir', enc: 'A128GCM' }, {})}.AAAA.AAAA`],
      ['changed claims', async () => swapped(await tokenOf(key), good)],
      ['a token cut short', async () => (await tokenOf(key)).slice(0, -4)],
      ['two tokens in one', async () => `${await tokenOf(key)}.${await tokenOf(key)}`],
    ];
    for (const [what, forge] of forgeries) {
      it(what, async () => {
        const { status, body } = await refused(gateOf(), `Bearer ${await forge()}`);
        expect([status, body.error]).to.deep.equal([401, 'invalid_token']);
      });
    }

    function hmac(secret: string, header: object): string {
      const [head, body] = unsigned(header, good).split('.');
      return `${head!}.${body!}.${createHmac('sha256', secret).update(`${head!}.${body!}`).digest('base64url')}`;
    }

    function swapped(token: string, payload: object): string {
      const [head, , signature] = token.split('.');
      return [head, Buffer.from(JSON.stringify(payload)).toString('base64url'), signature].join('.');
    }

    it('an algorithm that is not allowed', async () => {
      expect(await refused(gateOf({ algorithms: ['RS256'] }), `Bearer ${await tokenOf(key)}`)).to.include({
        status: 401,
      });
    });
  });

  it('wants the scopes that it needs, and names them', async () => {
    const gate = gateOf({ requiredScopes: ['mcp', 'tools'] });
    const { status, challenge, body } = await refused(gate, `Bearer ${await tokenOf(key, { scope: 'mcp' })}`);
    expect([status, body.error]).to.deep.equal([403, 'insufficient_scope']);
    expect(challenge).to.equal(
      'Bearer error="insufficient_scope", error_description="the token lacks a scope", scope="mcp tools", ' +
        'resource_metadata="https://mcp.example/.well-known/oauth-protected-resource/mcp"',
    );
    expect((await admitted(gate, await tokenOf(key, { scp: ['tools', 'mcp'] }))).scopes).to.deep.equal([
      'tools',
      'mcp',
    ]);
  });

  it('stands beside static tokens', async () => {
    const gate = gateOf({}, { tokens: [{ id: 'ci', token: SECRET }] });
    expect(await admitted(gate, SECRET)).to.include({ clientId: 'ci' });
    expect(await admitted(gate, await tokenOf(key))).to.include({ clientId: 'alice' });
  });

  describe('tells clients where tokens come from', () => {
    it('at the root and with the path, to everyone', async () => {
      const gate = gateOf({ requiredScopes: ['mcp'] });
      for (const path of ['', '/mcp']) {
        const answer = await gate.answer?.(
          new Request(`https://mcp.example/.well-known/oauth-protected-resource${path}`),
        );
        expect(answer?.headers.get('access-control-allow-origin')).to.equal('*');
        expect(await answer?.json()).to.deep.equal({
          resource: AUDIENCE,
          authorization_servers: [ISSUER],
          bearer_methods_supported: ['header'],
          scopes_supported: ['mcp'],
        });
      }
      expect(
        await gate.answer?.(new Request('https://mcp.example/.well-known/oauth-protected-resource/other')),
      ).to.equal(undefined);
      expect(await gate.answer?.(asking(undefined, '/mcp'))).to.equal(undefined);
    });

    it('in the challenge, with no error where no token was shown', async () => {
      expect(await refused(gateOf({ requiredScopes: ['mcp'] }))).to.include({
        status: 401,
        challenge:
          'Bearer scope="mcp", resource_metadata="https://mcp.example/.well-known/oauth-protected-resource/mcp"',
      });
    });

    it('by the address that a request came to, where none is known', async () => {
      const gate = gateOf({ audience: 'toolscript' }, { path: '/a/b' });
      const request = new Request('http://localhost:80/.well-known/oauth-protected-resource/a/b');
      expect(await (await gate.answer?.(request))?.json()).to.include({ resource: 'http://localhost/a/b' });
    });

    it('to read, not to write', async () => {
      const metadata = 'https://mcp.example/.well-known/oauth-protected-resource';
      const status = async (method: string) =>
        (await gateOf().answer?.(new Request(metadata, { method })))?.status;
      expect([await status('POST'), await status('OPTIONS'), await status('HEAD')]).to.deep.equal([
        405, 204, 200,
      ]);
    });
  });

  describe('with keys from an address', () => {
    const url = 'https://id.example/keys';

    function remote(address: KeyAddress): { gate: Authenticator; clock: HandClock } {
      const clock = new HandClock();
      const jwt = { issuer: ISSUER, audience: AUDIENCE, jwksUrl: url };
      return { gate: createAuthenticator({ jwt }, { now, clock, fetch: address.fetch }), clock };
    }

    it('fetches them once, however many ask at the same time', async () => {
      const address = new KeyAddress(key.jwk);
      const { gate, clock } = remote(address);
      const token = await tokenOf(key);
      await Promise.all(Array.from({ length: 20 }, () => admitted(gate, token)));
      await clock.advance(500_000);
      await admitted(gate, token);
      expect(address.asked).to.equal(1);
      await clock.advance(200_000);
      await admitted(gate, token);
      expect(address.asked).to.equal(2);
    });

    it('follows when keys rotate, and when one is withdrawn', async () => {
      const address = new KeyAddress(key.jwk);
      const { gate, clock } = remote(address);
      await admitted(gate, await tokenOf(key));
      address.keys = [other.jwk];
      await clock.advance(11_000);
      await admitted(gate, await tokenOf(other));
      expect(await refused(gate, `Bearer ${await tokenOf(key)}`)).to.include({ status: 401 });
    });

    it('makes one request for any number of keys that nobody knows', async () => {
      const address = new KeyAddress(key.jwk);
      const { gate, clock } = remote(address);
      await admitted(gate, await tokenOf(key));
      await clock.advance(11_000);
      for (let n = 0; n < 50; n += 1) {
        expect(await refused(gate, `Bearer ${await tokenOf(other, {}, { kid: `x${n}` })}`)).to.include({
          status: 401,
        });
      }
      expect(address.asked).to.equal(2);
    });

    const broken: readonly (readonly [what: string, answer: () => Promise<Response>])[] = [
      ['is down', () => Promise.reject(new TypeError('fetch failed'))],
      ['answers an error', () => Promise.resolve(new Response('no', { status: 500 }))],
      ['answers no JSON', () => Promise.resolve(new Response('<html>'))],
      ['answers no keys', () => Promise.resolve(Response.json({ nokeys: [] }))],
      ['answers without end', () => Promise.resolve(new Response('x'.repeat(2_000_000)))],
    ];
    for (const [what, answer] of broken) {
      it(`answers 503, and not 401, while the provider ${what}, and recovers`, async () => {
        const address = new KeyAddress(key.jwk);
        address.answer = answer;
        const { gate, clock } = remote(address);
        const bearer = `Bearer ${await tokenOf(key)}`;
        for (let n = 0; n < 5; n += 1) {
          const { status, challenge, body } = await refused(gate, bearer);
          expect([status, challenge, body.error]).to.deep.equal([503, '', 'temporarily_unavailable']);
        }
        expect(address.asked).to.equal(1);
        address.answer = undefined;
        await clock.advance(5_001);
        expect(await gate.authenticate(asking(bearer))).to.include({ clientId: 'alice' });
      });
    }

    it('does not wait for ever', async () => {
      const address = new KeyAddress();
      address.answer = () => new Promise(() => undefined);
      const { gate, clock } = remote(address);
      const answering = refused(gate, `Bearer ${await tokenOf(key)}`);
      for (let turn = 0; turn < 100 && clock.pending === 0; turn += 1) await settled();
      await clock.advance(5_001);
      expect(await answering).to.include({ status: 503 });
    });

    it('goes on with the keys it has for an hour, and answers 503 for a new one', async () => {
      const address = new KeyAddress(key.jwk);
      const { gate, clock } = remote(address);
      const bearer = `Bearer ${await tokenOf(key)}`;
      await gate.authenticate(asking(bearer));
      address.answer = () => Promise.reject(new TypeError('fetch failed'));
      await clock.advance(3_500_000);
      expect(await gate.authenticate(asking(bearer))).to.include({ clientId: 'alice' });
      expect(await refused(gate, `Bearer ${await tokenOf(other)}`)).to.include({ status: 503 });
      await clock.advance(200_000);
      expect(await refused(gate, bearer)).to.include({ status: 503 });
    });
  });
});

describe('authentication', () => {
  const jwt = { issuer: ISSUER, audience: AUDIENCE };
  const token = { id: 'x', token: SECRET };
  const wrong: readonly (readonly [options: AuthOptions, message: RegExp])[] = [
    [{}, /found neither tokens nor jwt/],
    [
      { tokens: [{ id: 'x', token: 'short' }] },
      /tokens\.0: found a token of fewer characters, wanted at least 16/,
    ],
    [{ tokens: [{ id: 'x', token: 'with spaces and so on' }] }, /no header can carry/],
    [{ tokens: [{ id: 'x' }] }, /neither token nor sha256/],
    [{ tokens: [{ ...token, sha256: '00' }] }, /token and sha256/],
    [{ tokens: [{ id: 'x', sha256: '00' }] }, /64 hexadecimal/],
    [{ tokens: [token, { ...token, id: 'y' }] }, /tokens\.1: found the token of another/],
    [{ jwt }, /found 0 sources of keys/],
    [{ jwt: { ...jwt, jwksUrl: 'https://a.example', keys: [] } }, /found 2 sources of keys/],
    [{ jwt: { ...jwt, jwksUrl: 'http://id.example/keys' } }, /wanted https/],
    [{ jwt: { ...jwt, keys: [{ kty: 'oct', k: 'c2VjcmV0' }] } }, /jwt\.keys\.0: found a secret key/],
    [{ jwt: { ...jwt, keys: [{ kty: 'EC', d: 'x' }] } }, /found a private key/],
    [{ jwt: { ...jwt, keys: [{ kty: 'EC' }] } }, /found no key that can be read/],
    [{ jwt: { ...jwt, publicKey: '-----BEGIN PRIVATE KEY-----' } }, /found a private key/],
    [{ jwt: { ...jwt, publicKey: 'what' } }, /found no key that can be read/],
  ];
  for (const [options, message] of wrong) {
    it(`cannot be made of ${JSON.stringify(options)}`, () => {
      expect(() => createAuthenticator(options))
        .to.throw(ToolscriptError, message)
        .that.includes({ code: 'config/invalid' })
        .and.satisfies((error: Error) => !error.message.includes(SECRET));
    });
  }
});
