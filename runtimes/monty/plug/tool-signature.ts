/** Tools as a model reads them, in Python. */
import { toolWriter } from '../../../core/index.js';
import { pythonNotation } from '../../python-signature/index.js';
import { KEYWORDS } from '../script/names.js';

export const {
  signature: toolSignature,
  description: toolDescription,
  hit: toolHit,
} = toolWriter(pythonNotation(KEYWORDS));
