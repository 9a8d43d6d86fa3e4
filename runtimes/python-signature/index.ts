/** The door: tools as languages with the syntax of Python spell them. */
export { shapeText } from './shape-text.js';
export { signatureWriter } from './signature-writer.js';
