import type { Evidence } from '../../check/outcome.ts';
import type { Subject } from '../../subject/subject.ts';
import { at, entriesOf, itemsOf, lineOf, readYaml, type Tree, type TreeMap, textOf } from '../yaml-tree.ts';

export interface ComposeService {
  readonly name: string;
  readonly path: string;
  readonly line: number;
  readonly tree: Tree;
}

export interface ComposeView {
  readonly services: readonly ComposeService[];
  /** The files that were judged. */
  readonly files: readonly Evidence[];
  /** Files that could not be read. */
  readonly gaps: readonly Evidence[];
  /** Files that look like those of developers. */
  readonly development: readonly Evidence[];
}

const composePath = /(^|\/)(docker-)?compose([._-][\w-]+)*\.ya?ml$/i;
const productionName = /[._-](prod|production|live|deploy|release|stack)/i;
const elsewhere =
  /(^|\/)(tests?|testing|fixtures?|examples?|samples?|demos?|docs?|node_modules|\.devcontainer|\.github|ci|vendor|bench(marks?)?)\//i;
const developmentName =
  /[._-](dev|devel|development|local|tests?|testing|ci|debug|override|e2e|example|sample)([._-]|$)/i;
const developmentCommand =
  /\b(runserver|--reload|nodemon|flask run|webpack serve|vite|ts-node-dev|tsx watch)\b|\b(npm|yarn|pnpm)( run)? (dev|start:dev|watch)\b/;
const developmentValue =
  /^(NODE_ENV|FLASK_ENV|APP_ENV|ENVIRONMENT|RAILS_ENV)[:=]\s*["']?(dev|development|local|test)|^(DEBUG|FLASK_DEBUG|DJANGO_DEBUG)[:=]\s*["']?(1|true|on|yes)/i;

/** The services of the compose files that production may use. A file with what only developers do is set aside. */
export function composeView(subject: Subject): ComposeView {
  const services: ComposeService[] = [];
  const [files, gaps, development]: [Evidence[], Evidence[], Evidence[]] = [[], [], []];
  const paths = subject.paths.filter(
    (path) =>
      composePath.test(path) &&
      !elsewhere.test(path) &&
      !developmentName.test(path.slice(path.lastIndexOf('/') + 1)),
  );
  for (const path of paths.slice(0, 100)) {
    const text = subject.read(path);
    const file = text === undefined ? undefined : readYaml(text);
    const tree = file?.documents[0];
    if (tree === undefined || file?.problem !== undefined) {
      gaps.push({ text: `${path} ${file?.problem ?? 'could not be read'}`, path, line: 1 });
      continue;
    }
    const own = entriesOf(at(tree, 'services')).map(({ key, line, value }) => ({
      name: key,
      path,
      line,
      tree: value,
    }));
    const sign = productionName.test(path)
      ? undefined
      : own.map(signOfDevelopment).find((one) => one !== undefined);
    if (sign !== undefined) {
      development.push(sign);
      continue;
    }
    files.push({ text: path, path, line: 1 });
    services.push(...own);
  }
  return { services, files, gaps, development };
}

function signOfDevelopment({ tree, path, line }: ComposeService): Evidence | undefined {
  const commands = ['command', 'entrypoint']
    .flatMap((key) => itemsOf(at(tree, key)).map((item) => textOf(item) ?? ''))
    .join(' ');
  if (developmentCommand.test(commands))
    return { text: commands.slice(0, 200), path, line: lineOf(tree, 'command') };
  const found = environmentOf(tree).find(({ text }) => developmentValue.test(text));
  if (found !== undefined) return { text: found.text, path, line: found.line };
  const source = itemsOf(at(tree, 'volumes')).find((item) => /^\.\/?:/.test(textOf(item) ?? ''));
  return source === undefined || at(tree, 'build') === undefined
    ? undefined
    : { text: textOf(source) ?? '', path, line: source.line ?? line };
}

/** `NAME=value` of a list, and `NAME: value` of a map. */
export function environmentOf(tree: Tree): readonly { readonly text: string; readonly line: number }[] {
  const environment = at(tree, 'environment');
  if (environment?.kind === 'list')
    return environment.items.map((item) => ({ text: textOf(item) ?? '', line: item.line }));
  return ((environment as TreeMap | undefined)?.entries ?? []).map(({ key, value, line }) => ({
    text: `${key}: ${textOf(value) ?? ''}`,
    line,
  }));
}
