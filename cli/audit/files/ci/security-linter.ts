import { parse } from 'smol-toml';
import type { Evidence } from '../../check/outcome.ts';
import type { Subject } from '../../subject/subject.ts';
import { hasPath } from '../has-path.ts';
import type { Ran } from './ran.ts';

/** A linter that CI runs with rules of security, and the place that switches them on. */
export interface SecurityLinter {
  readonly tool: string;
  readonly evidence: readonly Evidence[];
  /** It always ends with success: `--exit-zero`. */
  readonly neverFails: boolean;
}

const eslintPlugins =
  /eslint-plugin-(security|no-unsanitized|sonarjs|xss|react-security|security-node|anti-trojan-source)\b|@microsoft\/eslint-plugin-sdl|eslint-plugin-microsoft-sdl/;
const eslintConfig = /^(eslint\.config\.([cm]?[jt]s)|\.eslintrc(\.(c?js|json|ya?ml))?|package\.json)$/;

/** ESLint with a plugin for security, Ruff with the rules `S`, Flake8 with flake8-bandit; undefined for other programs. */
export function securityLinter({ program, folder }: Ran, subject: Subject): SecurityLinter | undefined {
  const args = program.args.join(' ');
  const name = program.name.replace(/^hook:/, '');
  const near = foldersUp(folder ?? '');
  if (name === 'eslint') {
    const evidence = pluginOf(subject, near) ?? (eslintPlugins.test(args) ? [] : undefined);
    return evidence && { tool: 'ESLint with rules of security', evidence, neverFails: false };
  }
  if (
    /^ruff(-check)?$/.test(name) &&
    (name !== 'ruff' || !/^(format|clean|rule|version|server)\b/.test(args))
  ) {
    const given = /--(?:extend-)?select[= ](\S+)/.exec(args)?.[1];
    const evidence = given === undefined ? ruffRules(subject, near) : hasS(given.split(',')) ? [] : undefined;
    return evidence && { tool: 'Ruff with the rules S', evidence, neverFails: /--exit-zero|-e\b/.test(args) };
  }
  if (name === 'flake8') {
    const evidence = /flake8-bandit/.test(args)
      ? []
      : mention(
          subject,
          /(^|\/)(requirements[^/]*\.(txt|in)|pyproject\.toml|tox\.ini|Pipfile|setup\.cfg)$/,
          /\bflake8-bandit\b/,
        );
    return evidence && { tool: 'Flake8 with flake8-bandit', evidence, neverFails: /--exit-zero/.test(args) };
  }
  return undefined;
}

/** `a/b`, `a` and the root. */
function foldersUp(folder: string): readonly string[] {
  const parts = folder === '' ? [] : folder.split('/');
  return [...parts.map((_, index) => `${parts.slice(0, parts.length - index).join('/')}/`), ''];
}

function pluginOf(subject: Subject, folders: readonly string[]): readonly Evidence[] | undefined {
  for (const folder of folders) {
    for (const path of subject.paths) {
      if (!path.startsWith(folder) || !eslintConfig.test(path.slice(folder.length))) continue;
      const text = subject.read(path) ?? '';
      // The manifest only lists it; a short name in `plugins` uses it.
      const isManifest = path.endsWith('package.json');
      const config = isManifest ? (/"eslintConfig"[\s\S]*/.exec(text)?.[0] ?? '') : text;
      const found =
        eslintPlugins.exec(config) ??
        /["'](plugin:)?(security|no-unsanitized|sonarjs|xss|security-node|@microsoft\/sdl)(["'/])/.exec(
          config,
        );
      if (found) {
        const line = text.slice(0, text.indexOf(found[0])).split('\n').length;
        return [{ text: found[0].slice(0, 100), path, line }];
      }
    }
  }
  return undefined;
}

function ruffRules(subject: Subject, folders: readonly string[]): readonly Evidence[] | undefined {
  for (const folder of folders) {
    for (const name of ['.ruff.toml', 'ruff.toml', 'pyproject.toml']) {
      const path = `${folder}${name}`;
      const text = hasPath(subject, path) ? subject.read(path) : undefined;
      const table = text === undefined ? undefined : ruffTable(text, name);
      if (table === undefined || text === undefined) continue;
      const lint = record(table['lint']);
      const rules = ['select', 'extend-select'].flatMap((key) => [...texts(table[key]), ...texts(lint[key])]);
      if (!hasS(rules)) return undefined;
      const line = text.split('\n').findIndex((one) => /["'](S|ALL|S\d+)["']/.test(one)) + 1;
      return [
        { text: (text.split('\n')[line - 1] ?? '').trim().slice(0, 200), path, line: Math.max(1, line) },
      ];
    }
  }
  return undefined;
}

function ruffTable(text: string, name: string): Record<string, unknown> | undefined {
  try {
    const parsed: Record<string, unknown> = parse(text);
    const tool = name === 'pyproject.toml' ? record(parsed['tool'])['ruff'] : parsed;
    return tool === undefined ? undefined : record(tool);
  } catch {
    return undefined;
  }
}

/** Single rules are no analysis: `S` or a group of them. */
function hasS(rules: readonly string[]): boolean {
  return rules.some((rule) => /^(S|S[1-7]|ALL)$/.test(rule.trim()));
}

function mention(subject: Subject, paths: RegExp, name: RegExp): readonly Evidence[] | undefined {
  for (const path of subject.paths.filter((one) => paths.test(one)).slice(0, 100)) {
    const lines = (subject.read(path) ?? '').split('\n');
    const at = lines.findIndex((line) => name.test(line));
    if (at >= 0) return [{ text: (lines[at] ?? '').trim().slice(0, 200), path, line: at + 1 }];
  }
  return undefined;
}

function record(value: unknown): Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? (value as Record<string, unknown>)
    : {};
}

function texts(value: unknown): readonly string[] {
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === 'string') : [];
}
