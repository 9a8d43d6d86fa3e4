/**
 * Addresses that a server of 2025-11-25 sends a client to by an error (-32042), for clients of 2026-07-28,
 * which know no such error: to them it is input that is required, and their retry is the call anew.
 */
import { ProtocolError, ProtocolErrorCode } from '@modelcontextprotocol/server';

import { isJsonArray, isJsonObject, type Json, type JsonObject } from '../../core/index.js';
import type { ClientRequest } from './client-request.js';
import type { Answer } from './running-call.js';
import { coded, wireError } from './wire-error.js';

const URL_ELICITATION_REQUIRED: number = ProtocolErrorCode.UrlElicitationRequired;
const MAX_VISITS = 32;

/**
 * The round that stands for the error. Throws every other error as it is; one that names no address, or
 * addresses that the user has just refused to go to, without its code.
 */
export function visitsOf(error: unknown, { responses = {} }: ClientRequest): Answer {
  const { code, message, data } = wireError(error);
  if (code !== URL_ELICITATION_REQUIRED) throw error;
  const visits = addressesIn(data as Json | undefined);
  const isRefused = Object.values(responses).some(
    (response) => isJsonObject(response) && response['action'] !== 'accept',
  );
  if (visits.length === 0 || isRefused)
    throw coded(new ProtocolError(ProtocolErrorCode.InternalError, message), 'tool/failed');
  return {
    resultType: 'input_required',
    inputRequests: Object.fromEntries(visits.map((visit, index) => [`visit-${String(index + 1)}`, visit])),
  };
}

/** As questions, without what only a notification of the older revision refers to. */
function addressesIn(data: Json | undefined): JsonObject[] {
  const elicitations = isJsonObject(data) ? data['elicitations'] : undefined;
  if (elicitations === undefined || !isJsonArray(elicitations)) return [];
  return elicitations.slice(0, MAX_VISITS).flatMap((elicitation) => {
    const { url, message = '' } = isJsonObject(elicitation) ? elicitation : {};
    if (typeof url !== 'string' || typeof message !== 'string') return [];
    return [{ method: 'elicitation/create', params: { mode: 'url', url, message } }];
  });
}
