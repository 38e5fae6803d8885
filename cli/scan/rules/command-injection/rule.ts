/**
 * Finds shell commands that are built from untrusted input, and programs whose name comes from a request. Argument
 * lists without a shell, and `shlex.quote`, are not reported.
 *
 * ## Why
 * Many characters have a meaning in a shell: `;`, `|`, `$()`, line breaks. One of them is enough to run any program
 * with the rights of the server.
 *
 * ## Bad
 * ```python
 * import subprocess
 * from flask import Flask, request
 *
 * app = Flask(__name__)
 *
 * @app.get("/ping")
 * def ping():
 *     return subprocess.check_output(f"ping -c 1 {request.args['host']}", shell=True)
 * ```
 * ```typescript
 * import { exec } from 'node:child_process';
 * import express from 'express';
 *
 * const app = express();
 * app.get('/ping', (req, res) => {
 *   exec(`ping -c 1 ${req.query.host}`, (_error, stdout) => res.json({ stdout }));
 * });
 * ```
 *
 * ## Good
 * ```python
 * import subprocess
 * from flask import Flask, request
 *
 * app = Flask(__name__)
 *
 * @app.get("/ping")
 * def ping():
 *     return subprocess.check_output(["ping", "-c", "1", "--", request.args["host"]])
 * ```
 * ```typescript
 * import { execFile } from 'node:child_process';
 * import express from 'express';
 *
 * const app = express();
 * app.get('/ping', (req, res) => {
 *   execFile('ping', ['-c', '1', '--', String(req.query.host)], (_error, stdout) => res.json({ stdout }));
 * });
 * ```
 *
 * ## When not to use it
 * In a tool whose purpose is to run its users' commands, such as a build server. Run those in a container of their
 * own. Command-line arguments and local paths have low confidence: whoever starts the program can run commands anyway.
 */
import type { FlowRule } from '../kit/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'command/injection',
  title: 'Command injection',
  severity: 'critical',
  cwe: [78],
  owasp: 'A05:2025 Injection',
  sinks: ['command'],
  sources: ['remote'],
  message: 'Untrusted input becomes part of a shell command, or chooses the program',
  advice:
    "Call `execFile` with the arguments in an array. Put `--` before untrusted arguments if the program supports it, and take the program's name from an allow-list.",
  pythonAdvice:
    "Pass a list to `subprocess.run` without `shell=True`. Put `--` before untrusted arguments if the program supports it, and take the program's name from an allow-list.",
} satisfies FlowRule);
