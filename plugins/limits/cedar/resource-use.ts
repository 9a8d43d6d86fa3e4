/**
 * How a policy depends on its resource: by scope, by attributes, or by which one it is.
 *
 * Resources that are the same to a policy are judged once: of a thousand tools few differ in anything
 * that a policy looks at.
 */
import type {
  CedarValueJson,
  PolicyJson,
  ResourceConstraint,
  TypeAndId,
} from '@cedar-policy/cedar-wasm/nodejs';

import type { Entity } from './entities.js';

/** What a policy asks of its resource. */
export interface ResourceUse {
  /** Whether the scope of the policy lets this resource in. */
  fits(resource: Entity): boolean;
  /** The same text for resources that are the same to the conditions. */
  key(resource: Entity): string;
  /** The policy for one resource, named in place of the variable. */
  policyFor(resource: Entity): PolicyJson;
}

/** Reads a policy once. */
export function resourceUseOf(json: PolicyJson): ResourceUse {
  const attributes = usedAttributes(json.conditions);
  return {
    fits: (resource) => fitsScope(json.resource, resource),
    key: (resource) =>
      attributes === undefined
        ? JSON.stringify(resource.uid)
        : JSON.stringify([...attributes].map((name) => resource.attrs[name])),
    policyFor: ({ uid }) => ({
      ...json,
      resource: { op: 'All' },
      conditions: replaced(json.conditions, uid) as PolicyJson['conditions'],
    }),
  };
}

/** Tools are in their servers; no resource is in anything else. */
function fitsScope(scope: ResourceConstraint, { uid, parents }: Entity): boolean {
  const isIn = (group: object): boolean => [uid, ...parents].some((entity) => names(group, entity));
  switch (scope.op) {
    case 'All':
      return true;
    case 'is':
      return scope.entity_type === uid.type && (scope.in === undefined || isIn(scope.in));
    case '==':
      return names(scope, uid);
    case 'in':
      return isIn(scope);
  }
}

function names(scope: object, { type, id }: TypeAndId): boolean {
  if (!('entity' in scope)) return false;
  const named = scope.entity as TypeAndId | { __entity: TypeAndId };
  const entity = '__entity' in named ? named.__entity : named;
  return entity.type === type && entity.id === id;
}

/** The attributes of the resource that are looked at; nothing when it matters which resource it is. */
function usedAttributes(part: unknown, found = new Set<string>()): Set<string> | undefined {
  if (typeof part !== 'object' || part === null) return found;
  if (isResource(part)) return undefined;
  const attribute = attributeOf(part);
  if (attribute !== undefined) return found.add(attribute);
  return Object.values(part).every((inner) => usedAttributes(inner, found) !== undefined) ? found : undefined;
}

function isResource(part: object): boolean {
  return (part as { Var?: unknown }).Var === 'resource';
}

/** The attribute, when this is `resource.attribute` or `resource has attribute`. */
function attributeOf(part: object): string | undefined {
  const access = part as { '.'?: Access; has?: Access };
  const { left, attr } = access['.'] ?? access.has ?? {};
  const name = Array.isArray(attr) ? (attr as unknown[])[0] : attr;
  return left !== undefined && isResource(left) && typeof name === 'string' ? name : undefined;
}

interface Access {
  readonly left?: object;
  readonly attr?: unknown;
}

function replaced(part: unknown, uid: TypeAndId): unknown {
  if (Array.isArray(part)) return part.map((item) => replaced(item, uid));
  if (typeof part !== 'object' || part === null) return part;
  if (isResource(part)) return { Value: { __entity: uid } satisfies CedarValueJson };
  return Object.fromEntries(Object.entries(part).map(([key, item]) => [key, replaced(item, uid)]));
}
