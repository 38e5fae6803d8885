import { compare as comparePython, valid as validPython } from '@renovatebot/pep440';
import { compare as compareNode, parse as parseNode } from 'semver';
import type { PackageEcosystem } from '../../package-graph.ts';

/** How the versions of an ecosystem follow each other. */
export interface VersionOrder {
  isValid(version: string): boolean;
  /** Below 0 if `a` comes before `b`. Both are valid. */
  compare(a: string, b: string): number;
}

/** No version is longer, and comparing long ones takes long. */
const longest = 256;

/** npm's is that of SemVer 2.0, PyPI's that of PEP 440. */
export const versionOrders: Readonly<Record<PackageEcosystem, VersionOrder>> = {
  npm: {
    isValid: (version) => version.length <= longest && parseNode(version) !== null,
    compare: (a, b) => compareNode(a, b),
  },
  PyPI: {
    isValid: (version) => version.length <= longest && validPython(version) !== null,
    compare: (a, b) => comparePython(a, b),
  },
};
