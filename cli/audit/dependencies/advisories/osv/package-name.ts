import type { PackageEcosystem } from '../../package-graph.ts';

/** A name as it is compared: PyPI's in lower case with `-` (PEP 503), npm's as they are. */
export function packageName(ecosystem: PackageEcosystem, name: string): string {
  return ecosystem === 'PyPI' ? name.toLowerCase().replace(/[-_.]+/g, '-') : name;
}
