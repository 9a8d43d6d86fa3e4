/** What is told of a call while it is written: its parameters, and which of them is being written. */
import type { ConsoleTool } from '../../api.js';
import { parametersOf, type Parameter } from '../tools/parameter.js';
import { callAt } from './call-at.js';
import type { Spelling } from './language.js';

/** Help with one call. */
export interface ParameterHelp {
  readonly tool: ConsoleTool;
  /** Where its arguments begin: the place above which help stands. */
  readonly from: number;
  readonly parameters: readonly Parameter[];
  /** Index of the parameter that is being written; -1 if it is none of them. */
  readonly current: number;
}

/** Help with the call that a text ends in; undefined where it is no call of a tool that takes something. */
export function parameterHelp(
  before: string,
  tools: readonly ConsoleTool[],
  spelling: Spelling,
): ParameterHelp | undefined {
  const call = callAt(before, spelling);
  if (call === undefined) return undefined;
  const tool = tools.find(({ scriptName }) => scriptName === call.name);
  if (tool === undefined) return undefined;
  const parameters = parametersOf(tool.inputSchema);
  if (parameters.length === 0) return undefined;
  const named = parameters.findIndex(({ name }) => name === call.parameter);
  const byPlace =
    call.parameter === undefined && call.given.length === 0 && spelling === 'python' ? call.argument : -1;
  return {
    tool,
    from: call.from,
    parameters,
    current: named === -1 && byPlace < parameters.length ? byPlace : named,
  };
}
