/** What is wrong with a call of a builtin, in words; every text begins with the builtin's name. */
import { runtimeError } from '../error.js';
import type { StarlarkError } from '../error.js';
import { didYouMean } from '../nearest-name.js';
import { iterationHint, typeName } from '../values/index.js';
import type { Value } from '../values/index.js';
import type { Kind, Parameter, Single } from './parameter.js';

/** The errors of calls of one builtin. */
export class SignatureFaults {
  private readonly name: string;
  private readonly parameters: readonly Parameter[];

  constructor(name: string, parameters: readonly Parameter[]) {
    this.name = name;
    this.parameters = parameters;
  }

  wrongType(parameter: string, kind: Kind, value: Value): StarlarkError {
    const hint = kind.want === 'iterable' ? iterationHint(value) : undefined;
    return this.error(`for parameter ${parameter}: got ${typeName(value)}, want ${kind.want}`, hint);
  }

  tooMany(given: number): StarlarkError {
    const positional = this.parameters.filter(isPositional);
    const atMost = positional.some(({ needed }) => !needed) ? 'at most ' : '';
    const noun = given === 1 ? 'argument' : 'arguments';
    return this.error(`got ${given} ${noun}, want ${atMost}${positional.length}`);
  }

  missing(parameter: string): StarlarkError {
    return this.error(`missing argument for ${parameter}`);
  }

  multiple(parameter: string): StarlarkError {
    return this.error(`got multiple values for keyword argument ${shown(parameter)}`);
  }

  duplicate(name: string): StarlarkError {
    return this.error(`duplicate keyword arg: "${shown(name)}"`);
  }

  tooManyNumbers(most: number): StarlarkError {
    return this.error(`got more than ${most} keyword arguments that are numbers`, 'put them into a dict');
  }

  unexpected(name: string): StarlarkError {
    const takers = this.parameters.filter(takesName).map((parameter) => parameter.name);
    if (takers.length === 0) return this.error('unexpected keyword arguments', this.positionHint());
    return this.error(`unexpected keyword argument ${shown(name)}${didYouMean(name, takers)}`);
  }

  private positionHint(): string {
    const positional = this.parameters.filter(isPositional);
    const list = positional.map(({ name, needed }) => (needed ? name : `[${name}]`)).join(', ');
    return `${this.name}(${list}) takes its arguments by position`;
  }

  private error(what: string, hint?: string): StarlarkError {
    return runtimeError(`${this.name}: ${what}`, hint);
  }
}

/** Characters of a keyword that an error shows. */
const SHOWN_LENGTH = 60;

function shown(name: string): string {
  return name.length > SHOWN_LENGTH ? `${name.slice(0, SHOWN_LENGTH)}…` : name;
}

/** Whether an argument by position may be meant for it. */
export function isPositional(parameter: Parameter): parameter is Single {
  return parameter.role === 'position' || parameter.role === 'either';
}

/** Whether an argument by keyword may be meant for it. */
export function takesName(parameter: Parameter): parameter is Single {
  return parameter.role === 'either' || parameter.role === 'name';
}
