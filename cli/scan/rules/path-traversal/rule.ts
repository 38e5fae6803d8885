/**
 * Finds files that are opened, sent, written or deleted at a path that contains untrusted input. Numbers, base names,
 * and paths that are resolved and then compared with their folder are not reported.
 *
 * ## Why
 * `../` leads out of the folder, and an absolute path replaces it: an attacker reads or overwrites settings, keys and
 * the program itself. Normalising the path alone does not help, and neither does removing `..` once.
 *
 * ## Bad
 * ```python
 * from flask import Flask, request
 *
 * app = Flask(__name__)
 *
 * @app.get("/files")
 * def files():
 *     with open("/srv/files/" + request.args["name"], "rb") as file:
 *         return file.read(), {"Content-Type": "application/octet-stream"}
 * ```
 * ```typescript
 * import { join } from 'node:path';
 * import express from 'express';
 *
 * const app = express();
 * app.get('/files', (req, res) => {
 *   res.sendFile(join('/srv/files', String(req.query.name)));
 * });
 * ```
 *
 * ## Good
 * ```python
 * from flask import Flask, request, send_from_directory
 *
 * app = Flask(__name__)
 *
 * @app.get("/files")
 * def files():
 *     return send_from_directory("/srv/files", request.args["name"])
 * ```
 * ```typescript
 * import { resolve, sep } from 'node:path';
 * import express from 'express';
 *
 * const app = express();
 * const folder = resolve('/srv/files');
 * app.get('/files', (req, res) => {
 *   const path = resolve(folder, String(req.query.name));
 *   if (!path.startsWith(folder + sep)) {
 *     res.sendStatus(404);
 *     return;
 *   }
 *   res.sendFile(path);
 * });
 * ```
 *
 * ## When not to use it
 * In a program whose users may open any file anyway, such as an editor on their own machine.
 */
import { isArchivePath } from '../kit/flow-place.ts';
import type { FlowRule } from '../kit/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'path/traversal',
  title: 'Path traversal',
  severity: 'high',
  cwe: [22],
  owasp: 'A01:2025 Broken Access Control',
  sinks: ['path'],
  sources: ['remote'],
  message: 'Untrusted input becomes part of a file path',
  advice:
    'Resolve the path with `path.resolve`, and refuse it unless it starts with the folder and a separator. For a file name alone, keep `path.basename(name)`.',
  pythonAdvice: {
    flask:
      'To send files, use `send_from_directory`. Otherwise resolve the path, and refuse it unless `path.is_relative_to(folder)`.',
    any: 'Resolve the path (`Path.resolve()`), and refuse it unless `path.is_relative_to(folder)`. For a file name alone, keep `Path(name).name`.',
  },
  isOwn: (flow) => !isArchivePath(flow),
} satisfies FlowRule);
