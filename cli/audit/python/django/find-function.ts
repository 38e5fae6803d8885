import type { Subject } from '../../subject/subject.ts';
import { moduleFinder } from '../find-module.ts';

/**
 * Whether a function can be called as `view(request, reason=...)`: `fits`, `wrong`, `missing` if the project has none of that name,
 * `elsewhere` if its module is none of the project, `unclear` if its parameters do not show it.
 */
export type Found = 'fits' | 'wrong' | 'missing' | 'elsewhere' | 'unclear';

export function findFunction(subject: Subject, name: string): Found {
  const dot = name.lastIndexOf('.');
  if (dot < 0) return 'missing';
  const module = name.slice(0, dot);
  const path = subject.paths.find((one) => one.endsWith('manage.py')) ?? '';
  const find = moduleFinder(subject.paths);
  const file = find(module, path) ?? below(subject, module);
  if (file === undefined) return isOwn(subject, module) ? 'missing' : 'elsewhere';
  const text = subject.read(file);
  return text === undefined ? 'unclear' : inText(text, name.slice(dot + 1));
}

/** A module whose path ends like its name: `backend/shop/views.py`. */
function below({ paths }: Subject, module: string): string | undefined {
  const end = module.replaceAll('.', '/');
  return paths.find((path) => path.endsWith(`/${end}.py`) || path.endsWith(`/${end}/__init__.py`));
}

/** Whether the first part of a name is a folder of the project with Python in it. */
function isOwn({ paths }: Subject, module: string): boolean {
  const [first = ''] = module.split('.');
  return paths.some((path) => path.endsWith('.py') && `/${path}`.includes(`/${first}/`));
}

/** By its text: a definition at the margin. */
function inText(text: string, name: string): Found {
  const safe = name.replace(/\W/g, '');
  const found = new RegExp(
    `(?:^|\\n)((?:@[^\\n]*\\n)*)(?:async\\s+)?def\\s+${safe}\\s*\\(([^)]{0,500})\\)`,
  ).exec(text);
  if (!found) {
    const isBound = new RegExp(
      `^(?:${safe}\\s*=|class\\s+${safe}\\b|from\\s.*\\b${safe}\\b|from\\s.*import\\s+\\*)`,
      'm',
    );
    return isBound.test(text) ? 'unclear' : 'missing';
  }
  const [, decorators = '', list = ''] = found;
  if (decorators.trim() !== '') return 'unclear';
  if (/[([{]/.test(list)) return 'unclear';
  return fits(
    list
      .split(',')
      .map((one) => one.trim())
      .filter((one) => one !== ''),
  )
    ? 'fits'
    : 'wrong';
}

/** As `inspect.signature(view).bind(None, reason=None)` does. */
function fits(parameters: readonly string[]): boolean {
  const names = parameters.map((one) => one.replace(/[:=].*$/s, '').trim());
  const star = names.findIndex((one) => one === '*' || /^\*\w/.test(one));
  const plain = names
    .slice(0, star < 0 ? names.length : star)
    .filter((one) => one !== '/' && !one.startsWith('**'));
  const slash = names.indexOf('/');
  const takesFirst = plain.length > 0 ? plain[0] !== 'reason' : names.some((one) => /^\*\w/.test(one));
  const takesReason =
    names.some((one, index) => one === 'reason' && index > slash) ||
    names.some((one) => one.startsWith('**'));
  const others = parameters.filter((one, index) => {
    const name = names[index] ?? '';
    return !/^[*/]/.test(name) && name !== 'reason' && index > 0 && !one.includes('=');
  });
  return takesFirst && takesReason && others.length === 0;
}
