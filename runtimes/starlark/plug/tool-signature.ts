/** Tools as a model reads them, in Starlark. */
import { toolWriter } from '../../../core/index.js';
import { pythonNotation } from '../../python-signature/index.js';
import { WORDS } from '../syntax/index.js';

export const {
  signature: toolSignature,
  description: describedTool,
  hit: toolHit,
} = toolWriter(pythonNotation(WORDS));
