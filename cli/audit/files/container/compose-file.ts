import type { Evidence } from '../../check/outcome.ts';
import type { Subject } from '../../subject/subject.ts';
import { mayBeProduction } from '../production-file.ts';
import { at, entriesOf, itemsOf, readYaml, type Tree, type TreeMap, textOf } from '../yaml-tree.ts';

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
}

const composePath = /(^|\/)(docker-)?compose([._-][\w-]+)*\.ya?ml$/i;
const productionName = /[._-](prod|production|live|deploy|release|stack)/i;
const developmentCommand =
  /\b(runserver|--reload|nodemon|flask run|webpack serve|vite|ts-node-dev|tsx watch)\b|\b(npm|yarn|pnpm)( run)? (dev|start:dev|watch)\b/;
const developmentValue =
  /^(NODE_ENV|FLASK_ENV|APP_ENV|ENVIRONMENT|RAILS_ENV)[:=]\s*["']?(dev|development|local|test)|^(DEBUG|FLASK_DEBUG|DJANGO_DEBUG)[:=]\s*["']?(1|true|on|yes)/i;

/** The services of the compose files that production may use. A file with what only developers do is set aside. */
export function composeView(subject: Subject): ComposeView {
  const services: ComposeService[] = [];
  const [files, gaps]: [Evidence[], Evidence[]] = [[], []];
  const paths = subject.paths.filter((path) => composePath.test(path) && mayBeProduction(path));
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
    if (!productionName.test(path) && own.some(isForDevelopers)) continue;
    files.push({ text: path, path, line: 1 });
    services.push(...own);
  }
  return { services, files, gaps };
}

/** It runs a server for development, or its source is mounted over what was built. */
function isForDevelopers({ tree }: ComposeService): boolean {
  const commands = ['command', 'entrypoint'].flatMap((key) =>
    itemsOf(at(tree, key)).map((item) => textOf(item) ?? ''),
  );
  if (developmentCommand.test(commands.join(' '))) return true;
  if (environmentOf(tree).some(({ text }) => developmentValue.test(text))) return true;
  const isMounted = itemsOf(at(tree, 'volumes')).some((item) => /^\.\/?:/.test(textOf(item) ?? ''));
  return isMounted && at(tree, 'build') !== undefined;
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
