import { optionalLibrary } from '../optional-library.ts';

/** The package `yaml`. */
export const loadYaml: () => typeof import('yaml') = optionalLibrary('yaml');
