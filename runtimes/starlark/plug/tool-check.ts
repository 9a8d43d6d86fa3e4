/**
 * Judges calls of tools by their text alone, before anything runs.
 *
 * Names are judged wherever they are written; values as far as they are known, each by the schema of its
 * parameter; all arguments together where all of them are known. What `*args`, `**kwargs` or a value that
 * is computed may bring is taken for right.
 */
import type { BoundTool, ToolCatalog, ToolscriptError } from '../../../core/index.js';
import { runtimeError } from '../error.js';
import type { StarlarkError } from '../error.js';
import { sampleOf, typeName } from '../values/index.js';
import type { CallFault, Glimpse, GlimpsedCall, Value } from '../values/index.js';
import { engineError } from './engine-error.js';
import { knownArgument, wholeObject } from './known-json.js';
import { byParameter, hasOnlyParameters, standsForAll } from './tool-arguments.js';
import { nameFaults, toolNamed } from './tool-finding.js';

/** What is wrong with a call of this tool. */
export function toolFaults(tool: BoundTool, call: GlimpsedCall): readonly CallFault[] {
  const [only] = call.args;
  if (only !== undefined && standsForAll(tool, call.args, call.names)) {
    const keys = keysOf(only);
    if (keys === 'unknown' || (call.more && keys !== 'none')) return [];
    if (keys !== 'none' && hasOnlyParameters(tool, keys)) return faultsOfAll(tool, entriesOf(only), false);
  }
  try {
    return faultsOfAll(tool, byParameter(tool, call.args, call.names), call.more);
  } catch (error) {
    return [{ error: engineError(error) }];
  }
}

/** What is wrong with a call of `call_tool`. */
export function callToolFaults(
  catalog: ToolCatalog,
  { args, names, more }: GlimpsedCall,
): readonly CallFault[] {
  const [name, ...passed] = args;
  if (name === undefined || args.length === names.length)
    return more ? [] : [{ error: noToolName(undefined) }];
  const sample = sampleOf(name);
  if (sample !== undefined && typeof sample !== 'string')
    return [{ error: noToolName(sample), argument: name }];
  const unknown = nameFaults(catalog, name, 'call_tool');
  if (unknown.length > 0 || name.kind !== 'value' || typeof name.value !== 'string') return unknown;
  return toolFaults(toolNamed(catalog, name.value)!, { args: passed, names, more });
}

/** The error for what is no name of a tool; undefined where nothing is given. */
export function noToolName(met: Value | undefined): StarlarkError {
  return runtimeError(
    `call_tool: got ${met === undefined ? 'nothing' : typeName(met)} for the tool's name, want a string first`,
    'call_tool("real-name", key=value)',
  );
}

function faultsOfAll(
  tool: BoundTool,
  args: ReadonlyMap<string, Glimpse>,
  more: boolean,
): readonly CallFault[] {
  const names = tool.checkNames([...args.keys()], more);
  const faults = names === null ? [] : [{ error: engineError(names) }];
  for (const [name, argument] of args) {
    const fault = argumentFault(tool, name, argument);
    if (fault !== null) faults.push(fault);
  }
  if (faults.length > 0 || more) return faults;
  const request = wholeObject(args);
  return request === null ? [] : toFaults(tool.checkArguments(request));
}

function argumentFault(tool: BoundTool, name: string, argument: Glimpse): CallFault | null {
  const known = knownArgument(argument);
  const fault = known === null ? null : tool.checkArgument(name, known);
  return fault === null ? null : { error: engineError(fault), argument };
}

function toFaults(error: ToolscriptError | null): readonly CallFault[] {
  return error === null ? [] : [{ error: engineError(error) }];
}

/** The keys of a dict that may stand for all arguments; `none` for what is no dict, or an empty one. */
function keysOf(glimpse: Glimpse): readonly unknown[] | 'none' | 'unknown' {
  if (glimpse.kind === 'unknown') return 'unknown';
  if (glimpse.kind === 'typed') return typeName(glimpse.sample) === 'dict' ? 'unknown' : 'none';
  if (glimpse.kind !== 'dict' || glimpse.entries.length === 0) return 'none';
  const keys = glimpse.entries.map(([key]) => (key.kind === 'value' ? key.value : undefined));
  return keys.includes(undefined) ? 'unknown' : keys;
}

function entriesOf(glimpse: Glimpse): ReadonlyMap<string, Glimpse> {
  const entries = new Map<string, Glimpse>();
  for (const [key, value] of glimpse.kind === 'dict' ? glimpse.entries : []) {
    if (key.kind === 'value' && typeof key.value === 'string') entries.set(key.value, value);
  }
  return entries;
}
