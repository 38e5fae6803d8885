/**
 * Finds functions in a published package that build a shell command from their parameters.
 *
 * ## Why
 * Callers of `removeFolder(name)` do not know that it uses a shell. They pass a file or branch name unchanged, and a
 * name with `; rm -rf ~` in it is a command. Hundreds of packages have had such an advisory.
 *
 * ## Bad
 * ```python
 * # setup.py: setup(name="branches", py_modules=["app"])
 * import os
 *
 * def remove_branch(name):
 *     os.system("git branch -D " + name)
 * ```
 * ```typescript
 * // package.json: { "name": "branches", "main": "app.ts" }
 * import { exec } from 'node:child_process';
 *
 * export function removeBranch(name: string) {
 *   exec(`git branch -D ${name}`);
 * }
 * ```
 *
 * ## Good
 * ```python
 * import subprocess
 *
 * def remove_branch(name):
 *     subprocess.run(["git", "branch", "-D", "--", name], check=True)
 * ```
 * ```typescript
 * import { execFile } from 'node:child_process';
 *
 * export function removeBranch(name: string) {
 *   execFile('git', ['branch', '-D', '--', name]);
 * }
 * ```
 *
 * ## When not to use it
 * A parameter whose name says that it is a command (`cmd`, `args`, `script`) is not reported. Neither is a private
 * package, or one that no other package can import.
 */
import type { FlowRule } from '../kit/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'command/library-input',
  title: 'Command injection through a library parameter',
  severity: 'high',
  cwe: [78, 88],
  owasp: 'A05:2025 Injection',
  sinks: ['command'],
  sources: ['caller'],
  message: 'A parameter of the package becomes part of a shell command',
  advice:
    'Call `execFile` with the arguments in an array, and put `--` before them if the program supports it.',
  pythonAdvice:
    'Pass a list to `subprocess.run` without `shell=True`, and put `--` before untrusted arguments if the program supports it.',
} satisfies FlowRule);
