/**
 * Finds untrusted input that becomes an argument of a program, without a shell, where the program may read it as an
 * option. It covers programs with options that run another program or read or write any file (`git`, `hg`, `ssh`,
 * `curl`, `wget`, `tar`, `rsync`, `find`, `zip`, `psql` and more). An argument after `--`, the value of an option, and
 * an argument with a constant prefix are not reported.
 *
 * ## Why
 * Without a shell, nothing can be appended to the command. But `--upload-pack=touch /tmp/x` is not a repository to
 * `git clone`: it is an option that names the program to run. `-oProxyCommand=...` does the same for ssh, and `-o`
 * lets curl write any file.
 *
 * ## Bad
 * ```python
 * import subprocess
 * from flask import Flask, request
 *
 * app = Flask(__name__)
 *
 * @app.post("/import")
 * def load():
 *     subprocess.run(["git", "clone", request.form["url"], "/srv/work"], check=True)
 *     return "", 204
 * ```
 * ```typescript
 * import { execFile } from 'node:child_process';
 * import express from 'express';
 *
 * const app = express();
 * app.post('/import', (req, res) => {
 *   execFile('git', ['clone', req.body.url, '/srv/work'], (error) => res.sendStatus(error ? 400 : 204));
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
 * @app.post("/import")
 * def load():
 *     url = request.form["url"]
 *     if not url.startswith("https://"):
 *         return "", 400
 *     subprocess.run(["git", "clone", "--", url, "/srv/work"], check=True)
 *     return "", 204
 * ```
 * ```typescript
 * import { execFile } from 'node:child_process';
 * import express from 'express';
 *
 * const app = express();
 * app.post('/import', (req, res) => {
 *   const url = String(req.body.url);
 *   if (!url.startsWith('https://')) return res.sendStatus(400);
 *   execFile('git', ['clone', '--', url, '/srv/work'], (error) => res.sendStatus(error ? 400 : 204));
 * });
 * ```
 *
 * ## When not to use it
 * If users may pass any option, because they could run the program themselves.
 */
import type { FlowRule } from '../kit/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'command/argument-injection',
  title: 'Command-line argument injection',
  severity: 'high',
  cwe: [88],
  owasp: 'A05:2025 Injection',
  sinks: ['argument'],
  sources: ['remote'],
  message: 'Untrusted input becomes a command-line argument, and is read as an option if it begins with `-`',
  advice:
    'Put `--` before the argument, or refuse values that begin with `-`. For a URL, require `https://` at its start.',
  pythonAdvice:
    'Put `--` before the argument, or refuse values that begin with `-`. For a URL, require `https://` at its start.',
} satisfies FlowRule);
