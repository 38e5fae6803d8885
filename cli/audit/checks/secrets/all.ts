import type { Check } from '../../check/check.ts';
import { check as history } from './history/check.ts';

/** Secrets in the history of commits. Those in files are looked for by `code/secrets-in-tree`. */
export const secretsChecks: readonly Check[] = [history];
