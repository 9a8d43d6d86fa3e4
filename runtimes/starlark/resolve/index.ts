/** The door of the resolver: names to slots. */
export { resolve } from './resolver.js';
