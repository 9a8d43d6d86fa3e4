/** A tool's call as a model reads it, in Python. */
import { signatureWriter } from '../../python-signature/index.js';
import { KEYWORDS } from '../script/names.js';

export const toolSignature = signatureWriter(KEYWORDS);
