/**
 * Finds functions of a package for others to install that put what they are given into a command that a shell reads.
 *
 * ## Why
 * Who calls a function `removeFolder(name)` does not know that a shell is behind it, and passes the name of a file or of a branch
 * as it came. With `; rm -rf ~` in it that is a command. Hundreds of packages have had such an advisory.
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
 * A parameter whose name says that it is a command (`cmd`, `args`, `script`) is not reported, nor is a package that says that
 * it is private, or that no other can import.
 */
import type { FlowRule } from '../../rule/rule.ts';

export const rule: FlowRule = Object.freeze({
  id: 'command/library-input',
  title: "Parameter of a library's function in a command",
  severity: 'high',
  cwe: [78, 88],
  owasp: 'A05:2025 Injection',
  sinks: ['command'],
  sources: ['caller'],
  message: 'A parameter of the package becomes part of a shell command',
  advice: 'Run the program without a shell, its arguments in a list, behind `--` where it has it.',
  pythonAdvice:
    'Pass a list to `subprocess.run` without `shell=True`, and put `--` before untrusted arguments if the program supports it.',
} satisfies FlowRule);
