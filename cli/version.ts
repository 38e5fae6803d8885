import { existsSync, readFileSync } from 'node:fs';

/** The version of this package: beside the sources, or one folder above what was built from them. */
export function readVersion(): string {
  const file = ['./package.json', '../package.json']
    .map((path) => new URL(path, import.meta.url))
    .find((url) => existsSync(url));
  return file ? (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version : 'unknown';
}

/** What tells builds of this program apart: other code has another one. From the sources it is run without. */
export function readBuildId(): string | undefined {
  const file = new URL('./build-id.txt', import.meta.url);
  return existsSync(file) ? readFileSync(file, 'utf8').trim() : undefined;
}
