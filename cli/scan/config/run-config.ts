import { resolve } from 'node:path';
import type { Finding } from '../../finding/finding.ts';
import { confidences, severities } from '../../finding/finding-order.ts';
import type { RunOptions } from '../run-scan.ts';
import { findConfig, loadConfig } from './find-config.ts';
import { keepInside } from './keep-inside.ts';
import { defaultConfig, type ScanConfig } from './scan-config.ts';

/** Options of the command line that select the configuration, or override or extend its settings. */
export type ConfigOptions = Pick<
  RunOptions,
  'paths' | 'config' | 'only' | 'skip' | 'minSeverity' | 'minConfidence' | 'hardening' | 'baseline'
>;

/**
 * Returns the configuration of this run. Options of the command line override the file's settings, except that `skip`
 * adds rules to those that the file skips.
 * @param load reads the configuration file. Not called if there is none
 * @throws {ScanMistake} if the configuration is invalid
 */
export async function runConfig(
  options: ConfigOptions,
  cwd: string,
  load: (file: string | undefined) => Promise<ScanConfig> = loadConfig,
): Promise<ScanConfig> {
  const { config: given } = options;
  const file = given === false ? undefined : given === undefined ? findConfig(cwd) : resolve(cwd, given);
  const config = file === undefined ? defaultConfig : await load(file);
  if (file !== undefined) {
    keepInside(options.baseline === undefined ? config : { ...config, baseline: undefined }, file, cwd);
  }
  return {
    ...config,
    only: options.only.length > 0 ? options.only : config.only,
    skip: [...config.skip, ...options.skip],
    severity: options.minSeverity ?? config.severity,
    confidence: options.minConfidence ?? config.confidence,
    hardening: options.hardening ? 'show' : config.hardening,
    baseline: options.baseline === undefined ? config.baseline : resolve(cwd, options.baseline),
  };
}

/** Whether a finding has at least the configured severity and confidence. */
export function isEnough({ severity, confidence }: Finding, least: ScanConfig): boolean {
  return (
    severities.indexOf(severity) <= severities.indexOf(least.severity) &&
    confidences.indexOf(confidence) <= confidences.indexOf(least.confidence)
  );
}
