import type { Subject } from '../../subject/subject.ts';
import { mayBeProduction } from '../production-file.ts';
import { type Directive, parseNginx } from './parse-nginx.ts';

/** A context in which a request ends: a server, or a location in one. */
export interface NginxContext {
  /** From the outermost on: `http`, `server`, `location`. */
  readonly chain: readonly Directive[];
  /** Of the level of each block of the chain, what stands in it, with what it includes. */
  readonly levels: readonly (readonly Directive[])[];
}

export interface NginxServer {
  readonly server: Directive;
  readonly context: NginxContext;
  /** The server itself, and all locations in it at any depth. */
  readonly contexts: readonly NginxContext[];
  readonly listens: readonly Listen[];
  /** Whether the `http` block around it is in the project. */
  readonly hasHttp: boolean;
}

export interface Listen {
  readonly port: number | undefined;
  readonly isTls: boolean;
  /** Only this machine reaches it. */
  readonly isLocal: boolean;
  readonly line: number;
}

export interface NginxView {
  readonly servers: readonly NginxServer[];
  readonly files: readonly string[];
  /** Files that could not be read, and includes that are not in the project: sentences with their places. */
  readonly gaps: readonly { readonly text: string; readonly path: string; readonly line: number }[];
}

const candidate =
  /\.(conf|nginx|vhost)(\.template)?$|(^|\/)nginx[^/]*\.(conf|j2|erb|tmpl|template)[^/]*$|(^|\/)sites-(available|enabled)\/[^/]+$|(^|\/)nginx\.conf/i;
/** Come with nginx, and set nothing that is looked at here. */
const harmless =
  /(^|\/)(mime\.types|(fastcgi|uwsgi|scgi|proxy)[_-](params|fcgi|http)?(\.conf)?|fastcgi\.conf|koi-\w+|win-utf|modules(-enabled)?\/\*\.conf|naxsi\.rules)$/;
const maxFiles = 200;
const maxExpanded = 50_000;

const known = new WeakMap<Subject, NginxView>();

/** The servers of all configurations of nginx that production may use, with includes of the project in their places. */
export function nginxView(subject: Subject): NginxView {
  const before = known.get(subject);
  if (before !== undefined) return before;
  const view = new Reader(subject).view();
  known.set(subject, view);
  return view;
}

class Reader {
  readonly #subject: Subject;
  readonly #gaps: { text: string; path: string; line: number }[] = [];
  readonly #parsed = new Map<string, readonly Directive[]>();
  readonly #included = new Set<string>();
  /** Files can include each other again and again. */
  #expanded = 0;

  constructor(subject: Subject) {
    this.#subject = subject;
  }

  view(): NginxView {
    const paths = this.#subject.paths
      .filter((path) => candidate.test(path) && mayBeProduction(path))
      .slice(0, maxFiles);
    for (const path of paths) this.#parse(path);
    const files = [...this.#parsed.keys()];
    const expanded = new Map(
      files.map((path) => [path, this.#expand(this.#parsed.get(path) ?? [], path, 0)]),
    );
    const servers = files
      .filter((path) => !this.#included.has(path))
      .flatMap((path) => serversOf(expanded.get(path) ?? []));
    return { servers, files, gaps: this.#gaps };
  }

  #parse(path: string): void {
    const text = this.#subject.read(path);
    if (
      text === undefined ||
      !/(^|[\s;}])(server|http|location)\b[^;{}]*\{|^\s*(add_header|ssl_\w+|proxy_\w+|server_tokens)\s/m.test(
        text,
      ) ||
      /<VirtualHost|\[Unit\]/i.test(text)
    )
      return;
    if (/\{%|\{\{|<%/.test(text)) {
      this.#gaps.push({ text: `${path} is a template`, path, line: 1 });
      return;
    }
    const { directives, problem } = parseNginx(text, path);
    if (problem === undefined) this.#parsed.set(path, directives);
    else if (/(^|\s)(server|http)\s*\{/.test(text))
      this.#gaps.push({ text: `${path} ${problem}`, path, line: 1 });
  }

  /** Puts what is included in the place of `include`. */
  #expand(directives: readonly Directive[], path: string, depth: number): readonly Directive[] {
    this.#expanded += directives.length;
    return directives.flatMap((directive) => {
      if (directive.name === 'include') return this.#include(directive, path, depth);
      return directive.block === undefined
        ? directive
        : { ...directive, block: this.#expand(directive.block, path, depth) };
    });
  }

  #include(directive: Directive, path: string, depth: number): readonly Directive[] {
    const [pattern = ''] = directive.args;
    if (harmless.test(pattern)) return [];
    const isTooMuch = depth > 10 || this.#expanded > maxExpanded;
    const found = isTooMuch ? [] : matching(pattern, path, [...this.#parsed.keys()]);
    if (found.length === 0) {
      const { line } = directive;
      this.#gaps.push({ text: `include ${pattern} is not in the project`, path: directive.path, line });
      // It may set anything.
      return [{ name: '(include)', args: [pattern], path: directive.path, line }];
    }
    return found.flatMap((one) => {
      this.#included.add(one);
      return this.#expand(this.#parsed.get(one) ?? [], one, depth + 1);
    });
  }
}

/** The files of the project that an include may mean: paths on the server end as paths of the project do. */
function matching(pattern: string, from: string, paths: readonly string[]): readonly string[] {
  const parts = pattern.split('/').filter((part) => part !== '' && part !== '.');
  for (let drop = 0; drop < parts.length; drop++) {
    const rest = parts
      .slice(drop)
      .map((part) => part.replace(/[.+?^$()|[\]\\{}]/g, '\\$&').replaceAll('*', '[^/]*'));
    // The last part alone is enough only for a full name.
    if (drop > 0 && drop === parts.length - 1 && /^\*/.test(parts.at(-1) ?? '')) return [];
    const name = new RegExp(`(^|/)${rest.join('/')}(\\.template)?$`);
    const found = paths.filter((path) => path !== from && name.test(path));
    if (found.length > 0) return found;
  }
  return [];
}

function serversOf(directives: readonly Directive[]): readonly NginxServer[] {
  const https = directives.filter(({ name }) => name === 'http');
  const inHttp = https.flatMap((http) =>
    (http.block ?? [])
      .filter(({ name }) => name === 'server')
      .map((server) => made([http], [http.block ?? []], server, true)),
  );
  const bare = directives
    .filter(({ name }) => name === 'server')
    .map((server) => made([], [directives], server, false));
  return [...inHttp, ...bare];
}

function made(
  chain: readonly Directive[],
  levels: readonly (readonly Directive[])[],
  server: Directive,
  hasHttp: boolean,
): NginxServer {
  const context = { chain: [...chain, server], levels: [...levels, server.block ?? []] };
  const contexts = [context, ...locationsOf(context)];
  return { server, context, contexts, listens: listensOf(server.block ?? []), hasHttp };
}

function locationsOf(context: NginxContext): readonly NginxContext[] {
  return (context.levels.at(-1) ?? []).flatMap((directive) => {
    const isInner =
      directive.name === 'location' ||
      (directive.name === 'if' && context.chain.at(-1)?.name === 'location') ||
      directive.name === 'limit_except';
    if (!isInner || directive.block === undefined) return [];
    const inner = { chain: [...context.chain, directive], levels: [...context.levels, directive.block] };
    return [inner, ...locationsOf(inner)];
  });
}

function listensOf(block: readonly Directive[]): readonly Listen[] {
  const own = block.filter(({ name }) => name === 'listen');
  const on = block.some(({ name, args }) => name === 'ssl' && args[0] === 'on');
  if (own.length === 0) return [{ port: 80, isTls: on, isLocal: false, line: 0 }];
  return own.map(({ args, line }) => {
    const [address = ''] = args;
    const port = /(?:^|:)(\d+)$/.exec(address)?.[1];
    const plain = /^(\[[^\]]*\]|[\w.*-]+)$/.test(address) ? 80 : undefined;
    const isLocal = /^(unix:|127\.|localhost|\[::1\])/.test(address);
    const isTls = on || args.includes('ssl') || args.includes('quic');
    return { port: port === undefined ? plain : Number(port), isTls, isLocal, line };
  });
}

/** The value of a simple directive in a context: that of the innermost block that has it. */
export function effective({ levels }: NginxContext, name: string): Directive | undefined {
  for (const level of [...levels].reverse()) {
    const found = level.filter((directive) => directive.name === name).at(-1);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** An include that is not in the project, at any level of the context. */
export function unresolved({ levels }: NginxContext): Directive | undefined {
  return levels.flat().find(({ name }) => name === '(include)');
}
