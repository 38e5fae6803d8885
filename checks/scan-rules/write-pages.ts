/** Writes docs/rules/ from the comments of the rules. `npm run fix` runs it. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../repository.ts';
import { rulePages } from './pages.ts';

const folder = join(root, 'docs/rules');
const pages = rulePages();
rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
for (const [path, text] of pages) writeFileSync(join(folder, path), text);
