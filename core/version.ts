/** The version of this package: what servers, clients and sinks are told. */
export const VERSION = '0.1.0';
