/** What is wrong with a call of a function of the script, in words. */
import { runtimeError } from '../error.js';
import type { StarlarkError } from '../error.js';
import { didYouMean } from '../nearest-name.js';
import type { FunctionNode } from '../syntax/tree.js';

/** More positional arguments than there are parameters for them. */
export function tooManyArguments(
  { name, parameters, keywordOnly }: FunctionNode,
  given: number,
): StarlarkError {
  const isLess = keywordOnly.length > 0 || parameters.some(({ defaultValue }) => defaultValue !== null);
  const want = `${isLess ? 'at most ' : ''}${String(parameters.length)}`;
  return runtimeError(
    `${name}: got ${String(given)} positional argument${given === 1 ? '' : 's'}, want ${want}`,
  );
}

/** A parameter that is given twice. */
export function multipleValues(node: FunctionNode, name: string): StarlarkError {
  return runtimeError(`${node.name}: multiple values for parameter ${name}`);
}

/** A keyword that no parameter has. */
export function unexpectedName(node: FunctionNode, name: string): StarlarkError {
  const known = parameterNames(node).slice(node.positionalOnly);
  const hint = known.length === 0 ? 'it takes no arguments' : `its parameters: ${shownNames(known)}`;
  return runtimeError(`${node.name}: unexpected keyword argument ${name}${didYouMean(name, known)}`, hint);
}

/** Parameters without a default that are not given. */
export function missingArguments({ name }: FunctionNode, missing: readonly string[]): StarlarkError {
  const noun = missing.length === 1 ? 'argument' : 'arguments';
  return runtimeError(`${name}: missing ${String(missing.length)} ${noun}: ${shownNames(missing)}`);
}

/** The parameters that have names, in their order. */
export function parameterNames({ parameters, keywordOnly }: FunctionNode): string[] {
  return [...parameters, ...keywordOnly].map((parameter) => parameter.name.name);
}

/** Names that a message lists. */
const MOST_SHOWN = 20;

function shownNames(names: readonly string[]): string {
  const more = names.length > MOST_SHOWN ? ', …' : '';
  return names.slice(0, MOST_SHOWN).join(', ') + more;
}
