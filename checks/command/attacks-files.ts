import { appendFileSync, chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Box } from './attacks-kind.ts';

/** A file of the box, with its folders. */
export function write(box: Box, name: string, content: string | Uint8Array): void {
  const path = join(box.work, name);
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, content);
}

/** A program that leaves the canary behind. */
export function hookIn(folder: string, name: string, box: Box): void {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\ntouch ${box.canary}\ncat 2>/dev/null\nexit 0\n`);
  chmodSync(path, 0o755);
}

/** The ordinary repository of a box. */
export const repo = 'repo';

/** Leaves the canary behind; `hookIn(box.work, 'run', box)` makes it. */
export const run = (box: Box): string => `${box.work}/run`;

/** Adds to the configuration of the repository. */
export function withConfig(settings: (box: Box) => string, more?: (box: Box) => void): (box: Box) => void {
  return (box) => {
    hookIn(box.work, 'run', box);
    appendFileSync(join(box.work, repo, '.git/config'), `\n${settings(box)}\n`);
    more?.(box);
  };
}
