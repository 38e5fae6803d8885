/**
 * Finds shell texts that are put together with data of a request, and programs that a request names. Lists of arguments
 * without a shell, and `shlex.quote`, are not reported.
 *
 * ## Why
 * A shell gives many characters a meaning: `;`, `|`, `$()`, line breaks. One of them is enough to run any program with the
 * rights of the server.
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
 * Arguments of the program itself, and paths of the machine, have low confidence: who starts it may run commands anyway. In tools whose purpose is to run commands of their users, such as a build server. Run those apart, in a container.
 */
import type { FlowRule } from '../../rule/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'command/injection',
  title: 'Data of others in a command',
  severity: 'critical',
  cwe: [78],
  owasp: 'A05:2025 Injection',
  sinks: ['command'],
  sources: ['remote'],
  message: 'Untrusted input becomes part of a shell command, or chooses the program',
  advice:
    "Run the program without a shell, its arguments in a list, behind `--` where it has it. Take the program's name from a list.",
  pythonAdvice:
    "Pass a list to `subprocess.run` without `shell=True`. Put `--` before untrusted arguments if the program supports it, and take the program's name from an allow-list.",
} satisfies FlowRule);
