import { deployedVariables } from '../../python/deployed-variables.ts';
import { moduleLoader } from '../app/module-loader.ts';
import type { NodeApplication } from '../app/node-application.ts';
import { nodeEnvOf } from '../app/node-env.ts';
import { createEvaluator, type Evaluator } from '../read/evaluate.ts';
import { literal, type Value } from '../read/value.ts';

/** Readers of an application's values, for what differs between production and development. */
export interface DeployedEvaluators {
  /** `NODE_ENV` is what the project sets; of other variables nothing is known. */
  readonly known: Evaluator;
  /** One for each value that `NODE_ENV` may have; of other variables nothing is known. */
  readonly modes: readonly Evaluator[];
  /** The same, with no other variable set but those that the project sets. */
  readonly unset: readonly Evaluator[];
}

const kept = new WeakMap<NodeApplication, DeployedEvaluators>();

export function deployedEvaluators(application: NodeApplication): DeployedEvaluators {
  const found = kept.get(application) ?? createEvaluators(application);
  kept.set(application, found);
  return found;
}

function createEvaluators(application: NodeApplication): DeployedEvaluators {
  const { subject } = application;
  const loader = moduleLoader(subject);
  const mode = nodeEnvOf(application);
  const fromOutside = (name: string): Value => ({ kind: 'environment', name });
  const ownMode = mode?.value === undefined ? undefined : literal(mode.value);
  const deployed = deployedVariables(subject);
  const inMode = (value: Value, other: (name: string) => Value): Evaluator =>
    createEvaluator(loader, (name) => (name === 'NODE_ENV' ? value : other(name)));
  const unlessSet = (name: string): Value => (deployed.has(name) ? fromOutside(name) : literal(undefined));
  const values = ownMode
    ? [ownMode]
    : ['production', undefined, ...(mode ? ['development'] : [])].map((value) => literal(value));
  return {
    known: inMode(ownMode ?? fromOutside('NODE_ENV'), fromOutside),
    modes: values.map((value) => inMode(value, fromOutside)),
    unset: values.map((value) => inMode(value, unlessSet)),
  };
}
