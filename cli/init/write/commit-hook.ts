import { type Part, part, type Snippet } from '../plan.ts';
import type { ProjectFolder } from '../read/folder.ts';
import { yamlChange } from './yaml-change.ts';

/**
 * Runs the scan before each commit, with the tool for hooks that the project has. `.git/hooks` is left alone.
 *
 * @param wantsPreCommit set up pre-commit, if the project has no such tool
 */
export function addCommitHook(
  folder: ProjectFolder,
  isRoot: boolean,
  wantsPreCommit: boolean,
  scan: string,
): Part {
  const command = `${scan} --diff HEAD`;
  if (!isRoot) return part({ snippets: [offer(command, 'Hooks belong to the root of the repository.')] });
  for (const file of ['lefthook.yml', '.lefthook.yml', 'lefthook.yaml']) {
    const text = folder.read(file);
    if (text !== undefined) return lefthook(file, text, command);
  }
  if (folder.has('.husky')) return husky(folder, command);
  const text = folder.read(preCommitFile);
  if (text !== undefined) return preCommit(text, command);
  if (wantsPreCommit) {
    const after = ['repos:', ...preCommitHook('  ', command)].join('\n');
    return part({ changes: [{ path: preCommitFile, before: undefined, after }] });
  }
  return part({
    snippets: [offer(command, 'No lefthook, husky or pre-commit was found; --pre-commit sets up the last.')],
  });
}

function offer(command: string, why: string): Snippet {
  return {
    title: 'Scan before each commit',
    why: `${why} With lefthook, this is lefthook.yml; it reports what the commit adds.`,
    code: lefthookText(command, '\n'),
  };
}

function lefthookText(command: string, newline: string): string {
  return ['pre-commit:', '  commands:', '    bulwark:', `      run: ${command}`, ''].join(newline);
}

function lefthook(path: string, before: string, command: string): Part {
  if (/\bbulwark\b/.test(before)) return part({});
  const newline = before.includes('\r\n') ? '\r\n' : '\n';
  const byHand = {
    title: 'Scan before each commit',
    why: `Add it to pre-commit in ${path}.`,
    code: lefthookText(command, '\n'),
  };
  if (!/^pre-commit:/m.test(before)) {
    return yamlChange(path, before, appended(before, lefthookText(command, newline), newline), byHand);
  }
  const at =
    /^pre-commit:[ \t]*\r?\n(?:[ \t]+(?!commands:)[\w-]+:[^\n]*\n)*?([ \t]+)commands:[ \t]*\r?\n/m.exec(
      before,
    );
  if (!at) return part({ snippets: [byHand] });
  const indent = at[1] ?? '  ';
  const end = at.index + at[0].length;
  const entry = `${indent}${indent}bulwark:${newline}${indent.repeat(3)}run: ${command}${newline}`;
  return yamlChange(path, before, before.slice(0, end) + entry + before.slice(end), byHand);
}

function husky(folder: ProjectFolder, command: string): Part {
  const path = '.husky/pre-commit';
  const before = folder.read(path);
  if (before !== undefined && /\bbulwark\b/.test(before)) return part({});
  if (before === undefined) return part({ changes: [{ path, before, after: `${command}\n` }] });
  if (/^[ \t]*exec\b/m.test(before)) {
    return part({
      snippets: [
        {
          title: 'Scan before each commit',
          why: `${path} ends with exec. Add it before that line.`,
          code: command,
        },
      ],
    });
  }
  return part({ changes: [{ path, before, after: appended(before, `${command}\n`, '\n', '') }] });
}

const preCommitFile = '.pre-commit-config.yaml';

function preCommitHook(indent: string, command: string): string[] {
  return [
    `${indent}- repo: local`,
    `${indent}  hooks:`,
    `${indent}    - id: bulwark-scan`,
    `${indent}      name: bulwark scan`,
    `${indent}      entry: ${command}`,
    `${indent}      language: system`,
    `${indent}      pass_filenames: false`,
    '',
  ];
}

function preCommit(before: string, command: string): Part {
  const path = preCommitFile;
  if (/\bbulwark\b/.test(before)) return part({});
  const list = /^repos:[ \t]*\r?\n([ \t]*)- /m.exec(before);
  // The list has to be the last thing in the file, as what is added goes to its end.
  const isLast = list && !/^[A-Za-z_]+:/m.test(before.slice(list.index + 'repos:'.length));
  const byHand = {
    title: 'Scan before each commit',
    why: `Add it to the repos of ${path}.`,
    code: preCommitHook('  ', command).join('\n'),
  };
  if (!list || !isLast) return part({ snippets: [byHand] });
  const newline = before.includes('\r\n') ? '\r\n' : '\n';
  return yamlChange(
    path,
    before,
    appended(before, preCommitHook(list[1] ?? '', command).join(newline), newline, ''),
    byHand,
  );
}

function appended(before: string, text: string, newline: string, gap: string = newline): string {
  return before + (before === '' || before.endsWith('\n') ? '' : newline) + (before === '' ? '' : gap) + text;
}
