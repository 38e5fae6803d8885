import type { Evidence } from '../../check/outcome.ts';
import type { Subject } from '../../subject/subject.ts';
import { mayBeProduction } from '../production-file.ts';

/** A directive of Apache httpd, or a section with what stands in it: `<Location /api>`. */
export interface ApacheLine {
  /** In lower case, as Apache takes them. */
  readonly name: string;
  readonly args: readonly string[];
  readonly path: string;
  readonly line: number;
  readonly block?: readonly ApacheLine[];
}

export interface ApacheHost {
  readonly section: ApacheLine;
  readonly lines: readonly ApacheLine[];
  /** What stands in the file beside the hosts: it holds for them too. */
  readonly outer: readonly ApacheLine[];
  readonly ports: readonly (number | undefined)[];
  readonly isTls: boolean;
  /** An include that is not in the project. */
  readonly missing: readonly ApacheLine[];
}

export interface ApacheView {
  readonly hosts: readonly ApacheHost[];
  readonly gaps: readonly Evidence[];
}

const candidate = /(\.conf|\.vhost)(\.template)?$|(^|\/)(sites|conf)-(available|enabled)\/[^/]+$/i;
const maxLines = 20_000;
const maxDepth = 20;
const known = new WeakMap<Subject, ApacheView>();

/** The virtual hosts of all configurations of Apache httpd that production may use. */
export function apacheView(subject: Subject): ApacheView {
  const before = known.get(subject);
  if (before !== undefined) return before;
  const gaps: Evidence[] = [];
  const hosts = subject.paths
    .filter((path) => candidate.test(path) && mayBeProduction(path))
    .slice(0, 200)
    .flatMap((path) => hostsOf(path, subject, gaps));
  const view = { hosts, gaps };
  known.set(subject, view);
  return view;
}

function hostsOf(path: string, subject: Subject, gaps: Evidence[]): readonly ApacheHost[] {
  const text = subject.read(path);
  if (text === undefined || !/^\s*<VirtualHost\b/im.test(text)) return [];
  const lines = /\{%|\{\{|<%/.test(text) ? undefined : parseApache(text, path);
  if (lines === undefined) {
    gaps.push({ text: `${path} could not be read as a configuration of Apache`, path, line: 1 });
    return [];
  }
  const included = (all: readonly ApacheLine[], depth: number): readonly ApacheLine[] =>
    all.flatMap((one) => {
      if (/^include(optional)?$/.test(one.name)) {
        const [file, ...others] = depth > 5 ? [] : namedBy(one.args[0] ?? '', path, subject);
        const inner = file === undefined || others.length > 0 ? undefined : subject.read(file);
        const parsed = inner === undefined ? undefined : parseApache(inner, file ?? path);
        return parsed === undefined ? one : included(parsed, depth + 1);
      }
      // A module that is not loaded is not what production has: its directives would be errors without these.
      return /^<ifmodule$/.test(one.name) && one.block && !one.args[0]?.startsWith('!')
        ? included(one.block, depth + 1)
        : one;
    });
  const all = included(lines, 0);
  const isHost = ({ name }: ApacheLine): boolean => name === '<virtualhost';
  const outer = all.filter((one) => !isHost(one));
  return all.filter(isHost).map((section) => {
    const own = included(section.block ?? [], 0);
    return {
      section,
      lines: own,
      outer,
      ports: section.args.map((address) => {
        const port = /:(\d+)$/.exec(address)?.[1];
        return port === undefined ? undefined : Number(port);
      }),
      isTls: own.some(({ name, args }) => name === 'sslengine' && /^on$/i.test(args[0] ?? '')),
      missing: [...own, ...outer].filter(({ name }) => /^include(optional)?$/.test(name)),
    };
  });
}

function namedBy(pattern: string, from: string, { paths }: Subject): readonly string[] {
  const name = pattern.split('/').at(-1) ?? '';
  if (name === '' || /[*?[\]$]/.test(name)) return [];
  return paths.filter((path) => path !== from && (path === name || path.endsWith(`/${name}`)));
}

/** Undefined if sections do not match. */
function parseApache(text: string, path: string): readonly ApacheLine[] | undefined {
  const root: ApacheLine[] = [];
  const open: { readonly name: string; readonly lines: ApacheLine[] }[] = [{ name: '', lines: root }];
  const all = text.replace(/\\\r?\n/g, ' \u0001').split('\n', maxLines + 1);
  if (all.length > maxLines) return undefined;
  let line = 0;
  for (const raw of all) {
    line++;
    const at = line;
    line += raw.split('\u0001').length - 1;
    const words = wordsOf(raw.replaceAll('\u0001', ''));
    const [first = '', ...args] = words;
    const top = open.at(-1);
    if (first === '' || first.startsWith('#') || top === undefined) continue;
    const name = first.toLowerCase();
    if (name.startsWith('</')) {
      if (open.length === 1 || `<${name.slice(2).replace(/>$/, '')}` !== top.name) return undefined;
      open.pop();
    } else if (name.startsWith('<')) {
      if (open.length > maxDepth) return undefined;
      const block: ApacheLine[] = [];
      const given = args.map((one) => one.replace(/>$/, '')).filter(Boolean);
      const section = { name: name.replace(/>$/, ''), args: given, path, line: at, block };
      top.lines.push(section);
      open.push({ name: section.name, lines: block });
    } else top.lines.push({ name, args, path, line: at });
  }
  return open.length === 1 ? root : undefined;
}

function wordsOf(line: string): readonly string[] {
  return [...line.trim().matchAll(/"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(\S+)/g)].map(
    ([, double, single, bare = '']) => (double ?? single ?? bare).replace(/\\"/g, '"'),
  );
}

export function shownApache({ name, args, path, line }: ApacheLine): Evidence {
  const text = [name, ...args].join(' ').slice(0, 200);
  return { text: name.startsWith('<') ? `${text}>` : text, path, line };
}

/** Whether a host hands all requests on to an application. */
export function proxiesAll({ lines }: ApacheHost): boolean {
  return lines.some(
    ({ name, args, block }) =>
      (/^(proxypass|wsgiscriptalias)$/.test(name) && args[0] === '/') ||
      (name === '<location' && args[0] === '/' && block?.some((one) => one.name === 'proxypass')) ||
      (name === 'rewriterule' && /\bP\b/.test(args[2] ?? '')),
  );
}
