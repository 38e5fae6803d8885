import type { SettingsFormat } from './settings-format.ts';

/** What is larger is data: no team writes settings of that size. Notebooks hold pictures. */
export function mostSettingsBytes(format: SettingsFormat): number {
  return format === 'notebook' ? 2 * 1024 * 1024 : 512 * 1024;
}

/** Of all files of settings together, in UTF-16 units. */
export const mostSettingsText: number = 50_000_000;

export const mostSettingsFiles: number = 20_000;
