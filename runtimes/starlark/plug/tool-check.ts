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
import { allArguments, namedCall } from './named-call.js';
import { byParameter, isAlone, standsForAll, takesObject } from './tool-arguments.js';
import { nameFaults } from './tool-lookup.js';

/** What is wrong with a call of this tool. */
export function toolFaults(tool: BoundTool, call: GlimpsedCall): readonly CallFault[] {
  const [only] = call.args;
  if (only !== undefined && isAlone(call.args, call.names)) {
    const all = holdsAll(tool, only);
    if (all === 'perhaps' || (call.more && all !== 'no')) return [];
    if (all === 'yes') return faultsOfAll(tool, entriesOf(only), false);
  }
  try {
    return faultsOfAll(tool, byParameter(tool, call.args, call.names), call.more);
  } catch (error) {
    return [{ error: engineError(error) }];
  }
}

/** What is wrong with a call of `call_tool`. */
export function callToolFaults(catalog: ToolCatalog, call: GlimpsedCall): readonly CallFault[] {
  if (call.more && call.args.length === call.names.length) return [];
  const { name, args, names } = namedCall(call.args, call.names);
  if (name === undefined) return [{ error: noToolName(undefined) }];
  const sample = sampleOf(name);
  if (sample !== undefined && typeof sample !== 'string')
    return [{ error: noToolName(sample), argument: name }];
  const unknown = nameFaults(catalog, name, 'call_tool');
  if (unknown.length > 0 || name.kind !== 'value' || typeof name.value !== 'string') return unknown;
  const tool = catalog.named(name.value)!;
  const all = allArguments(tool, args, names);
  if (all === undefined) return toolFaults(tool, { args, names, more: call.more });
  if (call.more || all.kind === 'unknown' || isOfUnknownKeys(all)) return [];
  return all.kind === 'dict'
    ? faultsOfAll(tool, entriesOf(all), false)
    : toolFaults(tool, { args, names, more: false });
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

/** Whether the one argument of a call holds all arguments; see `standsForAll`. */
function holdsAll(tool: BoundTool, argument: Glimpse): 'yes' | 'no' | 'perhaps' {
  if (argument.kind === 'unknown' || isOfUnknownKeys(argument)) return 'perhaps';
  if (argument.kind !== 'dict') return 'no';
  const [first] = tool.parameters;
  if (first === undefined || !takesObject(tool, first)) return 'yes';
  const whole = wholeObject(entriesOf(argument));
  if (whole === null) return 'perhaps';
  return standsForAll(tool, whole) ? 'yes' : 'no';
}

/** Whether it is a dict of which keys are not known. */
function isOfUnknownKeys(argument: Glimpse): boolean {
  if (argument.kind === 'typed') return typeName(argument.sample) === 'dict';
  return argument.kind === 'dict' && argument.entries.some(([key]) => key.kind !== 'value');
}

function entriesOf(glimpse: Glimpse): ReadonlyMap<string, Glimpse> {
  const entries = new Map<string, Glimpse>();
  for (const [key, value] of glimpse.kind === 'dict' ? glimpse.entries : []) {
    if (key.kind === 'value' && typeof key.value === 'string') entries.set(key.value, value);
  }
  return entries;
}
