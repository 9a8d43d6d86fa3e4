/** A tool's answer as a value of the script. */
import type { ToolReply } from '../../../core/index.js';
import { StarlarkError } from '../error.js';
import { chargeText, decodeJson, fromJson } from '../values/index.js';
import type { Budget, Value } from '../values/index.js';

/** Text that is JSON stands for that JSON. */
export function replyValue(budget: Budget, reply: ToolReply): Value {
  if ('json' in reply) return fromJson(budget, reply.json);
  return mayBeJson(reply.text) ? decodeOrText(budget, reply.text) : charged(budget, reply.text);
}

/** By its first sign: so that prose is not scanned in vain. */
function mayBeJson(text: string): boolean {
  return /^\s*(?:[[{"\d-]|true|false|null)/.test(text.slice(0, 64));
}

function decodeOrText(budget: Budget, text: string): Value {
  try {
    return decodeJson(budget, text);
  } catch (error) {
    if (error instanceof StarlarkError && error.code === 'script/runtime') return charged(budget, text);
    throw error;
  }
}

function charged(budget: Budget, text: string): string {
  chargeText(budget, text.length);
  return text;
}
