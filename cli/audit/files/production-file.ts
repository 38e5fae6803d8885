import type { Subject } from '../subject/subject.ts';

const elsewhere =
  /(^|\/)(tests?|__tests__|testing|testdata|specs?|e2e|cypress|fixtures?|__fixtures__|examples?|samples?|demos?|docs?|documentation|vendor|third[-_]party|node_modules|venv|\.venv|site-packages|bench(marks?)?|\.devcontainer|\.github|\.gitlab|\.circleci|\.?ci|\.buildkite|\.terraform)\//i;
const development =
  /(^|[/._-])(dev|devel|development|local|localhost|tests?|testing|ci|debug|example|sample|override|e2e|cypress|playwright|minikube|kind|dist|bak|orig|old|disabled)([/._-]|$)/i;

/** Whether a file lies in a folder of tests, examples, documentation, CI, or of others. */
export function isElsewhere(path: string): boolean {
  return elsewhere.test(path);
}

/** Whether a name or a path names development, tests or an old copy: `nginx.dev.conf`, `overlays/dev/web.yaml`. */
export function isForDevelopment(name: string): boolean {
  return development.test(name);
}

/** Whether a file of the deployment may be what production uses: no test, example or documentation, and not named for development. */
export function mayBeProduction(path: string): boolean {
  return !isElsewhere(path) && !isForDevelopment(path.slice(path.lastIndexOf('/') + 1));
}

/** The files of the project with such a name that production may use. `name` is matched with the whole path. */
export function productionFiles(subject: Subject, name: RegExp): readonly string[] {
  return subject.paths.filter((path) => name.test(path) && mayBeProduction(path)).slice(0, 200);
}
