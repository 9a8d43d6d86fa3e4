/** The manifest: whether it can be read, and what of it cannot be put to work. */
import {
  ManifestError,
  pathText,
  type Fault,
  type LoadedPlugin,
  type Manifest,
} from '../../../core/manifest/index.js';
import { plan } from '../compose/index.js';
import { tlsFaults } from '../tls-files.js';
import type { Finding } from './finding.js';

/** What was read, as far as it could be. */
export interface ReadManifest {
  readonly manifest?: Manifest;
  readonly plugins?: readonly LoadedPlugin[];
  readonly findings: readonly Finding[];
}

/** Reads the manifest with `load`, and checks everything that can be checked without starting it. */
export async function checkManifest(load: () => Promise<Manifest>): Promise<ReadManifest> {
  try {
    const manifest = await load();
    const findings = manifest.notes.map(noteFinding);
    try {
      return { manifest, plugins: await plan(manifest, await tlsFaults(manifest)), findings };
    } catch (error) {
      return { manifest, findings: [...findings, ...faultFindings(error)] };
    }
  } catch (error) {
    return { findings: faultFindings(error) };
  }
}

function faultFindings(error: unknown): Finding[] {
  if (!(error instanceof ManifestError)) throw error;
  return error.faults.map((fault) => ({ severity: 'error', subject: placeText(fault), ...wordsOf(fault) }));
}

function placeText({ path, position }: Fault): string {
  const place = path.length === 0 ? 'the manifest' : pathText(path);
  return position === undefined || path.length === 0 ? place : `line ${position.line}: ${place}`;
}

function wordsOf({ message }: Fault): Pick<Finding, 'message' | 'remedy'> {
  const [, variable] = /the variable (\w+), which is not set/.exec(message) ?? [];
  if (variable !== undefined)
    return {
      message: `the variable ${variable} is not set`,
      remedy: `export ${variable}=… before you start, or write \${${variable}:-default} in the manifest`,
    };
  if (message.includes('no such file'))
    return {
      message,
      remedy: 'toolscript init begins one, toolscript import makes one of what your clients have',
    };
  return { message, remedy: 'write what is wanted; docs/reference/manifest.md has all fields' };
}

function noteFinding({ path, message }: Fault): Finding {
  return { severity: 'hint', subject: pathText(path), message, remedy: 'take it out, or do as it says' };
}
