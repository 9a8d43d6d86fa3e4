/** A ping shown before any is sent: nothing is sent, made or kept for it. */
import { keptId, stateFolder } from './install-id.js';
import { forbiddenBy, type Environment } from './opt-out.js';
import { pingRequest, type PingRequest } from './ping-request.js';
import { noCounts, type Facts } from './tally.js';

/** A ping, and whether it would be sent. */
export interface PingPreview extends PingRequest {
  /** The environment variable that forbids it. */
  readonly forbiddenBy: string | undefined;
  /** Whether there is an id already; else one of zeros stands in for the one that is yet to be drawn. */
  readonly hasId: boolean;
}

const ID_TO_COME = '00000000-0000-4000-8000-000000000000';

/** The ping of a gateway of which this is known, and that has counted nothing. */
export async function previewPing(
  url: string,
  facts: Facts,
  env: Environment = process.env,
): Promise<PingPreview> {
  const id = await keptId(stateFolder(env));
  const install = { id: id ?? ID_TO_COME, isKept: true };
  const request = pingRequest(url, { install, facts, counts: noCounts(0), now: 0 });
  return { ...request, forbiddenBy: forbiddenBy(env), hasId: id !== undefined };
}
