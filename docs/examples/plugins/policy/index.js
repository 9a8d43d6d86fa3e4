/** A policy: how much a caller may use, and what a caller may do. What it leaves out is open. */
import { definePlugin } from 'toolscript/core';

/** @returns {import('toolscript/core').LimitPolicy} */
export function createPolicy() {
  return {
    limitsFor: () => ({ toolCalls: 100 }),
    authorize: ({ caller, tool }) =>
      tool.name.startsWith('delete_') && caller.id !== 'admin'
        ? { allow: false, reason: 'only admin deletes' }
        : { allow: true },
  };
}

export default definePlugin({ kind: 'limits', name: 'my-policy', create: createPolicy });
