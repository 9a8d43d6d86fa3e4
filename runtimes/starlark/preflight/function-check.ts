/** Judges calls of a function of the script, with the words that the call itself would fail with. */
import {
  missingArguments,
  multipleValues,
  parameterNames,
  tooManyArguments,
  unexpectedName,
} from '../resolve/index.js';
import type { FunctionNode } from '../syntax/tree.js';
import type { CallCheck, CallFault, GlimpsedCall } from '../values/index.js';

/** The check of a `def` or a `lambda`. */
export function functionCheck(node: FunctionNode): CallCheck {
  return (call) => faultsOf(node, call);
}

function faultsOf(node: FunctionNode, { args, names, more }: GlimpsedCall): readonly CallFault[] {
  const faults: CallFault[] = [];
  const { length } = node.parameters;
  const count = args.length - names.length;
  if (count > length && node.star === null)
    faults.push({ error: tooManyArguments(node, count), argument: args[length]! });
  const known = parameterNames(node);
  const given = new Set(known.slice(0, Math.min(count, length)));
  names.forEach((name, index) => {
    const argument = args[count + index]!;
    const isParameter = known.includes(name, node.positionalOnly);
    if (isParameter && given.has(name)) faults.push({ error: multipleValues(node, name), argument });
    else if (isParameter) given.add(name);
    else if (node.starStar === null) faults.push({ error: unexpectedName(node, name), argument });
  });
  const missing = more ? [] : needed(node).filter((name) => !given.has(name));
  if (missing.length > 0) faults.push({ error: missingArguments(node, missing) });
  return faults;
}

function needed({ parameters, keywordOnly }: FunctionNode): string[] {
  return [...parameters, ...keywordOnly]
    .filter(({ defaultValue }) => defaultValue === null)
    .map((parameter) => parameter.name.name);
}
