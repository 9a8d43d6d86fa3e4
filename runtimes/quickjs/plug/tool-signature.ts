/** Tools as a model reads them, in TypeScript. */
import { toolWriter } from '../../../core/index.js';
import { TYPESCRIPT } from './notation.js';

export const {
  signature: toolSignature,
  description: toolDescription,
  hit: toolHit,
} = toolWriter(TYPESCRIPT);
