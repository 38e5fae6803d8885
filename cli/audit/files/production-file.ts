import type { Subject } from '../subject/subject.ts';

const elsewhere =
  /(^|\/)(tests?|__tests__|testing|testdata|specs?|e2e|fixtures?|examples?|samples?|demos?|docs?|documentation|vendor|third[-_]party|node_modules|venv|\.venv|site-packages|\.devcontainer|templates?|cookiecutter[^/]*)\//i;
const development =
  /(^|[/._-])(dev|devel|development|local|localhost|tests?|testing|ci|debug|example|sample|override|e2e|dist|bak|old|disabled|template|tmpl|j2|jinja2|erb)([._-]|$)/i;

/** Whether a file of the deployment may be what production uses: no test, example or documentation, and not named for development. */
export function mayBeProduction(path: string): boolean {
  const name = path.slice(path.lastIndexOf('/') + 1);
  return !elsewhere.test(path) && !development.test(name);
}

/** The files of the project with such a name that production may use. `name` is matched with the whole path. */
export function productionFiles(subject: Subject, name: RegExp): readonly string[] {
  return subject.paths.filter((path) => name.test(path) && mayBeProduction(path)).slice(0, 200);
}
