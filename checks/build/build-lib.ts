/** Builds lib/dist from nothing: a file that was deleted must not live on there. */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { root } from '../repository.ts';

rmSync(join(root, 'lib/dist'), { recursive: true, force: true });
const tsc = join(root, 'node_modules/typescript/bin/tsc');
const { status } = spawnSync(process.execPath, [tsc, '-p', 'lib'], { cwd: root, stdio: 'inherit' });
if (status !== 0) process.exit(status ?? 1);
// The declarations keep the comments, for editors. At run time nobody reads them, and they are a fifth of what is installed.
const dist = join(root, 'lib/dist');
for (const file of readdirSync(dist, { recursive: true, encoding: 'utf8' })) {
  if (!file.endsWith('.js')) continue;
  const path = join(dist, file);
  writeFileSync(path, withoutComments(readFileSync(path, 'utf8')));
}
chmodSync(join(root, 'lib/dist/fetch/gateway/main.js'), 0o755);
// What ImageMagick is told by a file, and no compiler copies.
cpSync(join(root, 'lib/command/policy'), join(dist, 'command/policy'), { recursive: true });

function withoutComments(code: string): string {
  return ts.transpileModule(code, {
    compilerOptions: {
      removeComments: true,
      target: ts.ScriptTarget.ESNext,
      module: ts.ModuleKind.ESNext,
      verbatimModuleSyntax: true,
    },
  }).outputText;
}
