import type { SettingsFormat } from './settings-format.ts';

/**
 * Maximum size of a settings file, in bytes. Larger files are skipped, because they are data. The maximum is higher for
 * notebooks, which may contain images.
 */
export function mostSettingsBytes(format: SettingsFormat): number {
  return format === 'notebook' ? 2 * 1024 * 1024 : 512 * 1024;
}

/** Maximum total size of all settings files, in UTF-16 units. When it is reached, further files are skipped. */
export const mostSettingsText: number = 50_000_000;

export const mostSettingsFiles: number = 20_000;
