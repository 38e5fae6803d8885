import type { Evidence } from '../../check/outcome.ts';
import type { Subject } from '../../subject/subject.ts';
import { type ComposeService, composeView } from '../container/compose-file.ts';
import { at, entriesOf, itemsOf, type Tree, textOf } from '../yaml-tree.ts';

/** A key of Traefik's configuration in lower case, as command lines and labels write it, with its value. */
interface Entry {
  readonly key: string;
  readonly value: string;
  readonly evidence: Evidence;
}

export interface EntryPoint {
  readonly name: string;
  readonly evidence: Evidence;
  readonly port: number | undefined;
  /** Where all of its requests are redirected to with https. */
  readonly redirect: Evidence | undefined;
  /** What all of its routers have. */
  readonly middlewares: readonly string[];
}

export interface Router {
  readonly name: string;
  readonly evidence: Evidence;
  /** Empty: those that are the default. */
  readonly entryPoints: readonly string[];
  readonly middlewares: readonly string[];
}

export interface TraefikView {
  readonly entryPoints: readonly EntryPoint[];
  readonly routers: readonly Router[];
  /** The options of a middleware by its name: `headers.stsseconds`. Undefined for one that labels do not make. */
  middleware(name: string): ReadonlyMap<string, Entry> | undefined;
  /** A file that configures it too, and is not read. */
  readonly other: Evidence | undefined;
}

const image = /^(docker\.io\/)?(library\/)?traefik([:@]|$)|\/traefik([:@]|$)/;

/** What compose files say of Traefik: its command, and the labels of all services. Undefined if no service runs it. */
export function traefikView(subject: Subject): TraefikView | undefined {
  const { services } = composeView(subject);
  const own = services.find(({ tree }) => image.test(textOf(at(tree, 'image')) ?? ''));
  if (own === undefined) return undefined;
  const commands = commandsOf(own);
  const labels = services.flatMap(labelsOf);
  const made = new Map<string, Map<string, Entry>>();
  for (const entry of labels) {
    const [, name = '', option = ''] = /^traefik\.http\.middlewares\.([^.]+)\.(.+)$/.exec(entry.key) ?? [];
    if (name !== '') made.set(name, (made.get(name) ?? new Map<string, Entry>()).set(option, entry));
  }
  return {
    entryPoints: entryPointsOf(commands),
    routers: routersOf(labels),
    middleware: (name) => made.get(name.replace(/@docker$/, '')),
    other: otherOf(own, commands),
  };
}

/** `--entrypoints.web.address=:80`, in a list or in one text. */
function commandsOf({ tree, path }: ComposeService): readonly Entry[] {
  const command = at(tree, 'command');
  return itemsOf(command).flatMap((item) =>
    (textOf(item) ?? '').split(/\s+(?=--)/).flatMap((text) => {
      const [, key, value = 'true'] = /^\s*--([\w.[\]-]+)(?:[= ](.*))?$/s.exec(text) ?? [];
      return key === undefined
        ? []
        : [
            {
              key: key.toLowerCase(),
              value: unquoted(value),
              evidence: { text: text.trim(), path, line: item.line },
            },
          ];
    }),
  );
}

/** Of a list `key=value`, or of a map; also those below `deploy`. */
function labelsOf({ tree, path }: ComposeService): readonly Entry[] {
  return [at(tree, 'labels'), at(tree, 'deploy', 'labels')].flatMap((labels: Tree | undefined) => {
    if (labels?.kind === 'map')
      return entriesOf(labels).map(({ key, value, line }) => entry(key, textOf(value) ?? '', path, line));
    return itemsOf(labels).flatMap((item) => {
      const text = textOf(item) ?? '';
      const to = text.indexOf('=');
      return to < 0 ? [] : [entry(text.slice(0, to), text.slice(to + 1), path, item.line)];
    });
  });
}

function entry(key: string, value: string, path: string, line: number): Entry {
  const text = `${key}=${value}`.slice(0, 200);
  return { key: key.trim().toLowerCase(), value: unquoted(value), evidence: { text, path, line } };
}

function unquoted(value: string): string {
  return value.trim().replace(/^(["'])(.*)\1$/s, '$2');
}

function listOf(value: string | undefined): readonly string[] {
  return (value ?? '').split(',').flatMap((one) => (one.trim() === '' ? [] : [one.trim().toLowerCase()]));
}

function entryPointsOf(commands: readonly Entry[]): readonly EntryPoint[] {
  return commands.flatMap(({ key, value, evidence }) => {
    const name = /^entrypoints\.([^.]+)\.address$/.exec(key)?.[1];
    if (name === undefined) return [];
    const get = (option: string): Entry | undefined =>
      commands.find((one) => one.key === `entrypoints.${name}.http.${option}`);
    const to = get('redirections.entrypoint.to');
    const scheme = get('redirections.entrypoint.scheme')?.value ?? 'https';
    const port = /:(\d+)(?:\/tcp)?$/.exec(value)?.[1];
    return [
      {
        name,
        evidence,
        port: port === undefined ? undefined : Number(port),
        redirect: to !== undefined && scheme === 'https' ? to.evidence : undefined,
        middlewares: listOf(get('middlewares')?.value),
      },
    ];
  });
}

function routersOf(labels: readonly Entry[]): readonly Router[] {
  const names = labels.flatMap(({ key }) => /^traefik\.http\.routers\.([^.]+)\.rule$/.exec(key)?.[1] ?? []);
  return [...new Set(names)].flatMap((name) => {
    const get = (option: string): Entry | undefined =>
      labels.find(({ key }) => key === `traefik.http.routers.${name}.${option}`);
    const rule = get('rule');
    return rule === undefined
      ? []
      : [
          {
            name,
            evidence: rule.evidence,
            entryPoints: listOf(get('entrypoints')?.value),
            middlewares: listOf(get('middlewares')?.value),
          },
        ];
  });
}

/** A file or an environment that configures it beside its command. */
function otherOf({ tree, path }: ComposeService, commands: readonly Entry[]): Evidence | undefined {
  const found = commands.find(({ key }) => /^(providers\.(?!docker|swarm)|configfile)/.test(key));
  if (found) return found.evidence;
  const volume = itemsOf(at(tree, 'volumes')).find((item) =>
    /traefik[^:]*\.(ya?ml|toml)|:\/etc\/traefik/.test(textOf(item) ?? ''),
  );
  const text = textOf(volume);
  return text === undefined || volume === undefined ? undefined : { text, path, line: volume.line };
}
