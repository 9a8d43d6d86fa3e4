/**
 * What may be injected. Every constructor parameter names its token with `@inject`, so that no compiler
 * has to emit metadata. This file alone opens tsyringe.
 */
import 'reflect-metadata';
import { container, Lifecycle } from 'tsyringe';
import type { DependencyContainer } from 'tsyringe';

export { inject, injectable } from 'tsyringe';
export type { DependencyContainer } from 'tsyringe';

/** The token of each part of a composition. */
export const TOKENS = {
  runtimes: Symbol('runtimes'),
  dispatcher: Symbol('dispatcher'),
  policies: Symbol('policies'),
  indexes: Symbol('indexes'),
  clock: Symbol('clock'),
  lifecycle: Symbol('lifecycle'),
  events: Symbol('events'),
  policyGate: Symbol('policyGate'),
  languages: Symbol('languages'),
  toolList: Symbol('toolList'),
  toolCaller: Symbol('toolCaller'),
  directCaller: Symbol('directCaller'),
  offersGuide: Symbol('offersGuide'),
  guidedContext: Symbol('guidedContext'),
  contextCaller: Symbol('contextCaller'),
  scriptPreparation: Symbol('scriptPreparation'),
  scriptCaller: Symbol('scriptCaller'),
  scriptChecker: Symbol('scriptChecker'),
  toolFinder: Symbol('toolFinder'),
  scriptTool: Symbol('scriptTool'),
  workbenches: Symbol('workbenches'),
  backendWatch: Symbol('backendWatch'),
  codeMode: Symbol('codeMode'),
} as const;

/**
 * A container of its own for one composition. tsyringe makes one only from another, so the global one
 * serves as the factory: nothing is registered in it, and nothing is taken from it, since every token is
 * a symbol of ours and each is registered in the new container.
 */
export function createContainer(): DependencyContainer {
  return container.createChildContainer();
}

/** One instance for each container. */
export const ONE_INSTANCE = { lifecycle: Lifecycle.ContainerScoped } as const;
