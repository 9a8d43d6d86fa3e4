/** Where clients learn who gives tokens for this endpoint (RFC 9728). */
import { getOAuthProtectedResourceMetadataUrl } from '@modelcontextprotocol/server';

const WELL_KNOWN = '/.well-known/oauth-protected-resource';

/** What is told. */
export interface ResourceMetadata {
  /** The public address of the endpoint; else it is taken from each request. */
  readonly resource: string | undefined;
  /** The path under which the endpoint answers. */
  readonly path: string;
  readonly issuer: string;
  readonly scopes: readonly string[];
}

/** The address of the endpoint, as the sender of a request knows it. */
export function resourceUrl({ resource, path }: ResourceMetadata, request: Request): URL {
  return new URL(resource ?? path, request.url);
}

/** Where its metadata is. */
export function metadataUrl(metadata: ResourceMetadata, request: Request): string {
  return getOAuthProtectedResourceMetadataUrl(resourceUrl(metadata, request));
}

/** Answers a request for the metadata, at the root and with the endpoint's path; nothing for any other path. */
export function metadataResponse(metadata: ResourceMetadata, request: Request): Response | undefined {
  const { pathname } = new URL(request.url);
  const own = new URL(metadataUrl(metadata, request)).pathname;
  if (pathname !== WELL_KNOWN && pathname !== own) return undefined;
  if (request.method === 'OPTIONS') return new Response(null, { status: 204, headers: CORS });
  if (request.method !== 'GET' && request.method !== 'HEAD')
    return new Response(null, { status: 405, headers: { ...CORS, allow: METHODS } });
  const body = JSON.stringify(documentOf(metadata, request));
  const headers = { ...CORS, 'content-type': 'application/json', 'cache-control': 'max-age=300' };
  return new Response(request.method === 'HEAD' ? null : body, { headers });
}

const METHODS = 'GET, HEAD, OPTIONS';

/** Anybody may read it, web pages among them. */
const CORS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': METHODS,
  'access-control-allow-headers': 'mcp-protocol-version',
};

function documentOf(metadata: ResourceMetadata, request: Request): object {
  const { issuer, scopes } = metadata;
  return {
    resource: resourceUrl(metadata, request).href,
    authorization_servers: [issuer],
    bearer_methods_supported: ['header'],
    ...(scopes.length > 0 && { scopes_supported: scopes }),
  };
}
