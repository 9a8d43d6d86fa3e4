/** What serves a composition to clients, loaded where it is needed. */
import type { CodeMode } from '../../../core/index.js';
import type { Fault, Manifest } from '../../../core/manifest/index.js';
import type { Authenticator, CodeModeSwitch, Gateway, GatewayOptions } from '../../gateway/index.js';
import { AUTH_PATH, readAuth } from './auth-options.js';
import type { Report } from './report.js';

/** A code mode whose composition can be exchanged. */
export async function createSwitch(first: CodeMode): Promise<CodeModeSwitch> {
  const { CodeModeSwitch } = await import('../../gateway/index.js');
  return new CodeModeSwitch(first);
}

/** Serves a code mode to MCP clients. */
export async function openGateway(
  served: Pick<GatewayOptions, 'codeMode' | 'scriptTool'>,
  { clients }: Manifest,
  report: Report,
): Promise<Gateway> {
  const { createGateway } = await import('../../gateway/index.js');
  const onError = (error: Error): void => {
    if (!isBrokenPipe(error)) report(error.message);
  };
  return createGateway({ ...served, ...clients, onError });
}

/** Lets callers in who come to this path over HTTP; nothing when the manifest lets everybody in. */
export async function openAuthenticator(
  manifest: Manifest,
  path: string,
): Promise<Authenticator | undefined> {
  const auth = await readAuth(manifest);
  if (auth === undefined) return undefined;
  const { createAuthenticator } = await import('../../gateway/index.js');
  return createAuthenticator({ ...auth, path });
}

/** What speaks against letting callers in as the manifest says. */
export async function authenticationFaults(manifest: Manifest): Promise<Fault[]> {
  const auth = await readAuth(manifest);
  if (auth === undefined) return [];
  const { authFaults } = await import('../../gateway/index.js');
  return authFaults(auth).map(({ path, message }) => ({ path: [...AUTH_PATH, ...path], message }));
}

/** The client has gone: that is how a connection ends. The gateway keeps of an error its words alone. */
function isBrokenPipe({ message }: Error): boolean {
  return /\bEPIPE\b/.test(message);
}
