/** Who did something, as records say it: the id, the label of the session, chosen claims. */
import {
  isJsonArray,
  isJsonObject,
  setKey,
  traceIdOf,
  type Caller,
  type Json,
  type JsonObject,
  type TraceContext,
} from '../../../core/index.js';
import { digestOf } from './line-chain.js';

/** What an event says of who and in which request. */
interface Asked {
  readonly caller: Caller;
  readonly requestId?: string;
  readonly trace?: TraceContext;
}

type Claim = string | number | boolean | (string | number | boolean)[];

/** The part of a record that is the caller's. */
interface CallerFields {
  readonly caller: string;
  readonly session?: string;
  readonly claims?: Record<string, Claim>;
}

/** Says who, by the settings. */
export class Who {
  readonly #claims: readonly string[];
  readonly #key: string | undefined;
  readonly #known = new WeakMap<Caller, CallerFields>();

  constructor({ claims, key }: { readonly claims: readonly string[]; readonly key?: string | undefined }) {
    this.#claims = claims;
    this.#key = key;
  }

  of({ caller, requestId, trace }: Asked) {
    return {
      ...this.#callerFields(caller),
      ...(requestId !== undefined && { requestId }),
      ...(trace !== undefined && { traceId: traceIdOf(trace) }),
    };
  }

  /** A hash made with the key, where there is one. */
  hash(plain: string | undefined): string | undefined {
    return plain === undefined || this.#key === undefined ? plain : digestOf(plain, this.#key);
  }

  #callerFields(caller: Caller): CallerFields {
    const known = this.#known.get(caller);
    if (known !== undefined) return known;
    const { id, session } = caller;
    const claims = chosen(caller.claims ?? {}, this.#claims);
    const fields = {
      caller: cut(id),
      ...(session !== undefined && { session: cut(session) }),
      ...(claims !== undefined && { claims }),
    };
    this.#known.set(caller, fields);
    return fields;
  }
}

const MAX_TEXT_LENGTH = 500;
const MAX_ITEMS = 50;

function chosen(claims: JsonObject, names: readonly string[]): Record<string, Claim> | undefined {
  const found: Record<string, Claim> = {};
  for (const name of names) {
    const claim = Object.hasOwn(claims, name) ? claimOf(claims[name]!) : undefined;
    if (claim !== undefined) setKey(found, name, claim);
  }
  return Object.keys(found).length === 0 ? undefined : found;
}

/** Objects are left out: what a token holds there is anybody's guess. */
function claimOf(value: Json): Claim | undefined {
  if (isJsonArray(value)) return value.slice(0, MAX_ITEMS).flatMap((item) => scalar(item) ?? []);
  return isJsonObject(value) ? undefined : scalar(value);
}

function scalar(value: Json): string | number | boolean | undefined {
  if (typeof value === 'string') return cut(value);
  return typeof value === 'number' || typeof value === 'boolean' ? value : undefined;
}

function cut(text: string): string {
  return text.length > MAX_TEXT_LENGTH ? `${text.slice(0, MAX_TEXT_LENGTH)}…` : text;
}
