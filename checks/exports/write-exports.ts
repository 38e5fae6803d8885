/** Writes the exports of lib/package.json from its folders. `npm run fix` runs it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../repository.ts';
import { exportsOf } from './exports-of.ts';

const file = join(root, 'lib/package.json');
const manifest = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
manifest['exports'] = exportsOf(join(root, 'lib'));
writeFileSync(file, `${JSON.stringify(manifest, null, 2)}\n`);
