/**
 * Finds untrusted archives that are extracted under the names of their entries without a check (zip slip).
 *
 * ## Why
 * An entry may be called `../../app/main.py`, or be a symbolic link that points outside the target folder. Whoever
 * made the archive can then write files wherever the server can.
 *
 * ## Bad
 * ```python
 * import tarfile
 * from flask import Flask, request
 *
 * app = Flask(__name__)
 *
 * @app.post("/import")
 * def unpack():
 *     with tarfile.open(fileobj=request.files["archive"].stream) as tar:
 *         tar.extractall("/srv/import")
 *     return {}
 * ```
 * ```typescript
 * import { writeFileSync } from 'node:fs';
 * import { join } from 'node:path';
 * import AdmZip from 'adm-zip';
 *
 * export function unpack(data: Buffer): void {
 *   for (const entry of new AdmZip(data).getEntries()) {
 *     writeFileSync(join('/srv/import', entry.entryName), entry.getData());
 *   }
 * }
 * ```
 *
 * ## Good
 * ```python
 * import tarfile
 * from flask import Flask, request
 *
 * app = Flask(__name__)
 *
 * @app.post("/import")
 * def unpack():
 *     with tarfile.open(fileobj=request.files["archive"].stream) as tar:
 *         tar.extractall("/srv/import", filter="data")
 *     return {}
 * ```
 * ```typescript
 * import { writeFileSync } from 'node:fs';
 * import { resolve, sep } from 'node:path';
 * import AdmZip from 'adm-zip';
 *
 * const folder = resolve('/srv/import');
 * export function unpack(data: Buffer): void {
 *   for (const entry of new AdmZip(data).getEntries()) {
 *     const path = resolve(folder, entry.entryName);
 *     if (!path.startsWith(folder + sep)) throw new Error('The archive has a name that leaves its folder.');
 *     writeFileSync(path, entry.getData());
 *   }
 * }
 * ```
 *
 * ## When not to use it
 * For archives that your own build made and whose checksum was verified.
 */
import { isArchivePath } from '../kit/flow-place.ts';
import type { FlowRule } from '../kit/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'archive/zip-slip',
  title: 'Zip slip: path traversal through archive entries',
  severity: 'high',
  cwe: [22],
  owasp: 'A01:2025 Broken Access Control',
  sinks: ['path'],
  sources: ['remote'],
  message: 'An entry name of an untrusted archive becomes a file path',
  advice:
    'Resolve each name with `path.resolve(folder, name)`, and refuse the entry unless the result starts with `folder + path.sep`.',
  pythonAdvice:
    'Extract with `tar.extractall(path, filter="data")`. For other formats, resolve each name and refuse one that is not below the target folder.',
  isOwn: isArchivePath,
} satisfies FlowRule);
