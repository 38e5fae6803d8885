import { readdirSync } from 'node:fs';
import type { ProjectFolder } from '../read/folder.ts';

export type PythonFramework = 'Django' | 'Flask' | 'FastAPI' | 'Tornado' | 'Python';

/** By what the project requires; `Python` for one without any of the four. Undefined where there is no Python project. */
export function pythonFramework(folder: ProjectFolder): PythonFramework | undefined {
  const files = readdirSync(folder.root).filter((name) => manifests.test(name));
  if (files.length === 0) return undefined;
  const text = files.map((name) => folder.read(name) ?? '').join('\n');
  const found = (['Django', 'Flask', 'FastAPI', 'Tornado'] as const).find((name) =>
    new RegExp(`(?:^|[\\s"'\\[,])${name}(?:\\[[\\w,-]*\\])?\\s*(?:[=<>~!;"',\\]#]|$)`, 'im').test(text),
  );
  return found ?? (files.includes('manage.py') ? 'Django' : 'Python');
}

const manifests = /^(?:requirements[\w.-]*\.txt|pyproject\.toml|Pipfile|setup\.(?:py|cfg)|manage\.py)$/;
