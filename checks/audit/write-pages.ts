/** Writes docs/audit/ from the comments of the checks, and the tables of docs/commands/audit.md. `npm run fix` runs it. */
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../repository.ts';
import { auditPages } from './pages.ts';

const pages = auditPages();
rmSync(join(root, 'docs/audit'), { recursive: true, force: true });
mkdirSync(join(root, 'docs/audit'), { recursive: true });
for (const [path, text] of pages) writeFileSync(join(root, path), text);
