/** Writes the addresses of cli/project.ts into the manifests. `npm run fix` runs it. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { project } from '../../cli/project.ts';
import { root } from '../repository.ts';
import { projectFields, withProjectFields } from './project-fields.ts';

for (const workspace of ['lib', 'cli']) {
  const file = join(root, workspace, 'package.json');
  const manifest = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  const written = withProjectFields(manifest, projectFields(project, workspace));
  writeFileSync(file, `${JSON.stringify(written, null, 2)}\n`);
}
