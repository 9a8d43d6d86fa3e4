/** The door of the resolver: names to slots. */
export { resolve, type Names } from './resolver.js';
