import type { SettingsFormat } from './settings-format.ts';

/** Maximum size of a settings file, in bytes. Larger files are data. The maximum is higher for notebooks, due to images. */
export function mostSettingsBytes(format: SettingsFormat): number {
  return format === 'notebook' ? 2 * 1024 * 1024 : 512 * 1024;
}

/** Maximum total size of all settings files, in UTF-16 units. */
export const mostSettingsText: number = 50_000_000;

export const mostSettingsFiles: number = 20_000;
