/**
 * Ruff's rules of group S over the Python files of the current folder, by its own build for WebAssembly: how many
 * findings and files there were, and in how many files there is something that it cannot parse.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { type Diagnostic, PositionEncoding, Workspace } from '@astral-sh/ruff-wasm-nodejs';

const workspace = new Workspace({ lint: { select: ['S'] } }, PositionEncoding.Utf8);
const files = readdirSync('.', { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.py'));
let findings = 0;
let unread = 0;
for (const path of files) {
  // There is no option against comments that hide findings, as the other tools have one.
  const text = readFileSync(path, 'utf8').replaceAll('noqa', 'n0qa');
  const found = workspace.check(text) as Diagnostic[];
  const ours = found.filter(({ code }) => code !== null && /^S\d/.test(code)).length;
  findings += ours;
  if (ours < found.length) unread++;
}
process.stdout.write(JSON.stringify({ findings, files: files.length, unread }));
