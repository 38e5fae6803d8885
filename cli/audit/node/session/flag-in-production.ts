import type { Evidence } from '../../check/outcome.ts';
import { deployedVariables, type Variable } from '../../python/deployed-variables.ts';
import { moduleLoader } from '../app/module-loader.ts';
import type { NodeApplication } from '../app/node-application.ts';
import { createEvaluator } from '../read/evaluate.ts';
import { literal, productionVariable, type Value } from '../read/value.ts';

/** What a flag is where the environment holds what the files of the deployment set, and nothing else. */
export interface FlagInProduction {
  readonly value: Value;
  /** Variables that it depends on and that no file of the deployment sets. */
  readonly unset: readonly string[];
  readonly evidence: readonly Evidence[];
}

/** A flag that depends on the environment, read again; undefined if no variable decides it. */
export function flagInProduction(value: Value, { subject }: NodeApplication): FlagInProduction | undefined {
  const { spot } = value;
  if (spot === undefined) return undefined;
  const deployed = deployedVariables(subject);
  const asked = new Set<string>();
  const evaluator = createEvaluator(moduleLoader(subject), (name) => {
    if (name === 'NODE_ENV') return productionVariable(name);
    asked.add(name);
    return heldBy(name, deployed.get(name) ?? []);
  });
  const found = evaluator.evaluate(spot.file, spot.node);
  if (asked.size === 0 || evaluator.isCut()) return undefined;
  return {
    value: found,
    unset: [...asked].filter((name) => !deployed.has(name)),
    evidence: [...asked]
      .flatMap((name) => deployed.get(name) ?? [])
      .map(({ spot: { text, path, line } }) => ({ text, path, line })),
  };
}

function heldBy(name: string, all: readonly Variable[]): Value {
  const values = new Set(all.map(({ value }) => value));
  const [only] = values;
  if (values.size === 0) return literal(undefined);
  return values.size === 1 && only !== undefined ? literal(only) : { kind: 'environment', name };
}
