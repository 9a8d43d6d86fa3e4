/** The part of the manifest that says how tools are found on demand. */
import { z } from 'zod';

import { patterns } from './aggregation-section.js';

const MAX_TOOLS = 50;
const DEFAULT_MAX_TOOLS = 8;
const DEFAULT_MAX_TOKENS = 1_500;
const MAX_TOKENS = 1_000_000;

const count = (what: string) => z.int().min(1).max(MAX_TOOLS).exactOptional().describe(what);

/** Which tools are listed, and how many are found at once. */
export const optimizerSection = z
  .strictObject({
    enabled: z
      .boolean()
      .default(false)
      .describe('Whether find_tool and call_tool are listed in place of all tools.'),
    maxTools: count(`How many tools one search answers at the most. Default ${String(DEFAULT_MAX_TOOLS)}.`),
    maxToolsToReturn: count("maxTools, as ToolHive's optimizer spells it."),
    maxTokens: z
      .int()
      .min(0)
      .max(MAX_TOKENS)
      .default(DEFAULT_MAX_TOKENS)
      .describe(
        'Estimated tokens that whole definitions of one search take together: the best is whole, what is beyond comes as an outline. 0 is no bound.',
      ),
    pinned: patterns()
      .default([])
      .describe('Patterns (*, ?) of the names of tools that stay listed, as they are listed without it.'),
  })
  .superRefine(({ maxTools, maxToolsToReturn }, context) => {
    if (maxTools === undefined || maxToolsToReturn === undefined) return;
    const message = 'one of maxTools and maxToolsToReturn';
    context.issues.push({ code: 'custom', path: ['maxToolsToReturn'], message, input: maxToolsToReturn });
  })
  .transform(({ maxTools, maxToolsToReturn, ...section }) => ({
    ...section,
    maxTools: maxTools ?? maxToolsToReturn ?? DEFAULT_MAX_TOOLS,
  }));

/** How tools are found on demand, as the manifest says it. */
export type OptimizerSection = z.output<typeof optimizerSection>;
