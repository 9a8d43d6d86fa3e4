/** Reads a file of synonyms; every fault is told with its place in the file. */
import { readFile } from 'node:fs/promises';

import { isJsonArray, isJsonObject, ToolscriptError } from '../../../core/index.js';
import type { SynonymGroup } from './synonym-group.js';

/** Bytes of a file at the most. */
const MAX_BYTES = 4_194_304;
const LONGEST = 100;
const MAX_FAULTS = 10;

/** Rejects with `config/invalid`. */
export async function readSynonyms(file: string): Promise<readonly SynonymGroup[]> {
  const text = await textOf(file);
  if (text.length > MAX_BYTES) throw refusal(file, [`found more than ${String(MAX_BYTES)} bytes`]);
  const { groups, ...others } = objectOf(file, text);
  const faults = [
    ...Object.keys(others).map((key) => `found ${JSON.stringify(key.slice(0, 80))}, wanted groups alone`),
    ...faultsOf(groups),
  ];
  if (faults.length > 0) throw refusal(file, faults);
  return groups as readonly SynonymGroup[];
}

async function textOf(file: string): Promise<string> {
  try {
    return await readFile(file, 'utf8');
  } catch (cause) {
    throw refusal(file, ['it cannot be read'], cause);
  }
}

function objectOf(file: string, text: string): Readonly<Record<string, unknown>> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw refusal(file, ['found no JSON'], cause);
  }
  if (isJsonObject(value)) return value;
  throw refusal(file, ['wanted an object with groups']);
}

function faultsOf(groups: unknown): string[] {
  if (!isJsonArray(groups)) return ['groups: wanted a list of groups'];
  return groups.flatMap((group: unknown, place) => groupFaults(group, `groups[${String(place)}]`));
}

function groupFaults(group: unknown, path: string): string[] {
  if (!isJsonArray(group) || group.length < 2) return [`${path}: wanted a list of two texts or more`];
  return group.flatMap((text: unknown, place) => {
    const isText = typeof text === 'string' && text.trim() !== '' && text.length <= LONGEST;
    return isText ? [] : [`${path}[${String(place)}]: wanted a text of up to ${String(LONGEST)} characters`];
  });
}

function refusal(file: string, faults: readonly string[], cause?: unknown): ToolscriptError {
  const more = faults.length > MAX_FAULTS ? `; and ${String(faults.length - MAX_FAULTS)} more` : '';
  const message = `read the synonyms of ${file}: ${faults.slice(0, MAX_FAULTS).join('; ')}${more}`;
  return new ToolscriptError({ code: 'config/invalid', message }, { cause });
}
