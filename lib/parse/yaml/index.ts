/**
 * Parses YAML 1.2 without tags, within limits. Needs the package `yaml`.
 *
 * @module
 */
export { parseYaml, parseYamlDocuments } from './parse-yaml.ts';
export type { YamlDocumentsOptions, YamlOptions } from './yaml-options.ts';
