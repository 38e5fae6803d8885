import type { Evidence } from '../../check/outcome.ts';
import { deployedVariables } from '../../python/deployed-variables.ts';
import type { NodeApplication } from './node-application.ts';

export interface NodeEnv {
  /** Undefined if it is set to different values, or taken from outside. */
  readonly value: string | undefined;
  readonly evidence: readonly Evidence[];
}

/** What the command or the files of the deployment set `NODE_ENV` to; undefined if nothing does. */
export function nodeEnvOf({ entries, subject, folder }: NodeApplication): NodeEnv | undefined {
  const own = entries.nodeEnv;
  if (own) return { value: own.value, evidence: [own.evidence] };
  const all = deployedVariables(subject).get('NODE_ENV') ?? [];
  const near = all.filter(
    ({ spot }) => folder === '' || spot.path.startsWith(`${folder}/`) || !spot.path.includes('/'),
  );
  if (near.length === 0) return undefined;
  const values = new Set(near.map(({ value }) => value));
  const [only] = values;
  return {
    value: values.size === 1 ? only : undefined,
    evidence: near.slice(0, 4).map(({ spot: { text, path, line } }) => ({ text, path, line })),
  };
}
