import type { SettingsFormat } from './settings-format.ts';

/** Larger files are data, not settings. Notebooks contain pictures. */
export function mostSettingsBytes(format: SettingsFormat): number {
  return format === 'notebook' ? 2 * 1024 * 1024 : 512 * 1024;
}

/** The size of all settings files together, in UTF-16 units. */
export const mostSettingsText: number = 50_000_000;

export const mostSettingsFiles: number = 20_000;
