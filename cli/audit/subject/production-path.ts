import { isTestPath } from '../../scan/project/path-purpose.ts';

/** Whether a file can be part of what production runs: it is neither a test, nor an example, nor documentation. */
export function isProductionPath(path: string): boolean {
  return !isTestPath(path);
}
