import type { Evidence } from '../../check/outcome.ts';
import { isProductionPath } from '../../subject/production-path.ts';
import type { Subject } from '../../subject/subject.ts';
import { deployedVariables, isForDevelopment } from '../deployed-variables.ts';
import { folderOf, moduleFinder } from '../find-module.ts';

/** The module that production gets its settings from. */
export interface SettingsModule {
  readonly path: string;
  /** What names it. */
  readonly evidence: Evidence;
}

interface Candidate extends SettingsModule {
  /** The folder that its dotted name begins in. */
  readonly start: string;
  /** 0 for what the deployment names, 1 for `wsgi.py`, 2 for `manage.py`, 3 for a file that looks like settings. */
  readonly rank: number;
}

/** The settings modules of production, one for each project of the repository. */
export function findSettings(subject: Subject): readonly SettingsModule[] {
  const all = [...named(subject), ...alike(subject)];
  const starts = [...new Set(all.map(({ start }) => start))];
  return starts.flatMap((start) =>
    chosen(
      all.filter((one) => one.start === start),
      subject,
    ),
  );
}

/**
 * Of one project. What the deployment names decides; then a module that is named after production; then what `wsgi.py` and `manage.py`
 * name, unless that is for development.
 */
function chosen(all: readonly Candidate[], subject: Subject): readonly SettingsModule[] {
  const named = (rank: number): readonly SettingsModule[] =>
    distinct(all.filter((one) => one.rank === rank && !isGeneral(one, subject)));
  const production = all.filter(({ path }) => /(^|[/._-])(prod|production|live)([/._-]|$)/i.test(path));
  for (const found of [named(0), distinct(production), named(1), named(2)]) {
    if (found.length > 0) return found;
  }
  const general = all.filter(({ path }) => !isForDevelopment(path));
  const namedOnes = general.filter(({ rank }) => rank < 3);
  const others = general.filter(({ path }) => !/(^|[/._-])(staging|stage)([/._-]|$)/i.test(path));
  return distinct(namedOnes.length > 0 ? namedOnes : others).slice(0, 3);
}

function distinct(all: readonly Candidate[]): readonly SettingsModule[] {
  return all.filter(({ path }, index) => all.findIndex((one) => one.path === path) === index);
}

/** Settings for development, what others are built on, or nothing: production has another module, if there is one. */
function isGeneral({ path, rank, evidence }: Candidate, subject: Subject): boolean {
  if (rank === 0) return isForDevelopment(path) && /compose[\w.-]*\.ya?ml$/.test(evidence.path ?? '');
  if (isForDevelopment(path) || /(^|[/._-])(base|common|defaults?|shared)([/._-]|$)/i.test(path)) return true;
  return (subject.read(path) ?? '').trim() === '';
}

const mostFiles = 100;

function named(subject: Subject): Candidate[] {
  const find = moduleFinder(subject.paths);
  const candidates: Candidate[] = [];
  const add = (name: string, from: string, rank: number, evidence: Evidence): void => {
    const path = find(name, from);
    if (path !== undefined && isProductionPath(path))
      candidates.push({ path, evidence, rank, start: startOf(path, name) });
  };
  const starters = subject.paths
    .filter((path) => isProductionPath(path) && /(^|\/)(manage|wsgi|asgi|\w+_wsgi|wsgi_\w+)\.py$/.test(path))
    .slice(0, mostFiles);
  for (const path of starters) {
    const isManage = path.endsWith('manage.py');
    for (const [index, line] of (subject.read(path) ?? '').slice(0, 50_000).split('\n').entries()) {
      const name = /DJANGO_SETTINGS_MODULE['"]\s*[,\]]\s*=?\s*['"]([\w.]{1,200})['"]/.exec(line)?.[1];
      if (name !== undefined && !line.trimStart().startsWith('#')) {
        add(name, path, isManage ? 2 : 1, { path, line: index + 1, text: line.trim().slice(0, 160) });
      }
    }
  }
  for (const { value, spot } of deployedVariables(subject).get('DJANGO_SETTINGS_MODULE') ?? []) {
    if (value === undefined) continue;
    // A Dockerfile in another folder names a module of the project that its folder, or the root, holds.
    for (const from of [spot.path, ...starters]) {
      const before = candidates.length;
      add(value, from, 0, { ...spot });
      if (candidates.length > before) break;
    }
  }
  return candidates;
}

/** `shop.settings.base` in `backend/shop/settings/base.py` begins in `backend`. */
function startOf(path: string, name: string): string {
  const parts = name.split('.').length;
  let folder = path.endsWith('/__init__.py') ? folderOf(path) : path;
  for (let up = 0; up < parts; up++) folder = folderOf(folder);
  return folder;
}

function alike(subject: Subject): Candidate[] {
  const starts = subject.paths.filter((path) => /(^|\/)manage\.py$/.test(path)).map(folderOf);
  return subject.paths
    .filter(
      (path) =>
        isProductionPath(path) &&
        /(^|\/)settings(\/[\w-]+)?\.py$|(^|\/)[\w-]*settings[\w-]*\.py$|(^|\/)(config|conf)\/(\w+\/)?(prod|production|base)\.py$/.test(
          path,
        ),
    )
    .slice(0, mostFiles)
    .flatMap((path) => {
      const text = subject.read(path) ?? '';
      const at =
        /^(INSTALLED_APPS|ROOT_URLCONF|MIDDLEWARE|DATABASES|SECRET_KEY|DEBUG)\b|^\s*from\s+\.[\w.]*\s+import\s+\*/m.exec(
          text,
        );
      if (!at || !isDjango(subject, path, text)) return [];
      const line = text.slice(0, at.index).split('\n').length;
      const start = [...starts]
        .filter((one) => one === '' || path.startsWith(`${one}/`))
        .sort((a, b) => b.length - a.length)[0];
      const evidence = { path, line, text: at[0].trim() };
      return [{ path, evidence, rank: 3, start: start ?? projectFolder(path) }];
    });
}

/** A settings file of another framework looks alike. */
function isDjango(subject: Subject, path: string, text: string): boolean {
  if (/^(INSTALLED_APPS|ROOT_URLCONF|MIDDLEWARE)\b|django/m.test(text)) return true;
  const isManaged = subject.paths.some(
    (one) => /(^|\/)manage\.py$/.test(one) && `/${path}`.startsWith(`/${folderOf(one)}`),
  );
  if (isManaged) return true;
  return subject.stacks.some(
    ({ framework, folder }) => framework === 'django' && (folder === '' || path.startsWith(`${folder}/`)),
  );
}

/** The folder around the package: `backend` of `backend/shop/settings/base.py`. */
function projectFolder(path: string): string {
  const folder = folderOf(path);
  return folderOf(/(^|\/)settings$/.test(folder) ? folderOf(folder) : folder);
}
