/** A tool's call as a model reads it, in Starlark. */
import { signatureWriter } from '../../python-signature/index.js';
import { WORDS } from '../syntax/index.js';

export const toolSignature = signatureWriter(WORDS);
