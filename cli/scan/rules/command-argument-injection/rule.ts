/**
 * Finds data of a request that a program is given as an argument, without a shell, where the program may take it for an option:
 * of programs that have an option to run another program, or to write or read a file of its choice (`git`, `hg`, `ssh`, `curl`,
 * `wget`, `tar`, `rsync`, `find`, `zip`, `psql`, and more). Behind `--`, as the value of an option and behind a text of the code
 * it is quiet.
 *
 * ## Why
 * Without a shell nothing can be added to the command, but `--upload-pack=touch /tmp/x` is no repository for `git clone`: it is
 * the program that git runs to fetch one. `-oProxyCommand=...` is the same for ssh, and `-o` lets curl write any file.
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
 * Where a program is meant to be given any options, by people who may run it themselves.
 */
import type { FlowRule } from '../../rule/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'command/argument-injection',
  title: 'Data of others as an option of a program',
  severity: 'high',
  cwe: [88],
  owasp: 'A05:2025 Injection',
  sinks: ['argument'],
  sources: ['remote'],
  message: 'Untrusted input becomes a command-line argument, and is read as an option if it begins with `-`',
  advice:
    'Put `--` before it, or refuse what begins with `-`. Of an address, ask for `https://` at its beginning.',
  pythonAdvice:
    'Put `--` before the argument, or refuse values that begin with `-`. For a URL, require `https://` at its start.',
} satisfies FlowRule);
