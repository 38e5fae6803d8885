import type { Evidence } from '../../check/outcome.ts';
import { isProductionPath } from '../../subject/production-path.ts';
import type { Subject } from '../../subject/subject.ts';
import { isForDevelopment } from '../deployed-variables.ts';

/** An option of `tornado.options` that decides a setting. */
export interface TornadoOption {
  readonly name: string;
  /** Undefined if its default is computed, or if something else may set it. */
  readonly isOn: boolean | undefined;
  readonly evidence: readonly Evidence[];
}

const mostFiles = 2000;

/** The value of `debug=options.debug` by `define('debug', default=True)`. Undefined if no option decides it. */
export function tornadoOption(subject: Subject, seen: readonly Evidence[]): TornadoOption | undefined {
  const used = seen.flatMap((one) => {
    const name = /\b(?:options|opts)(?:\.|\[["'])([a-z_]\w{0,60})\b(?!\s*\()/.exec(one.text)?.[1];
    return name === undefined ? [] : [{ name, one }];
  });
  const [first] = used;
  if (first === undefined || used.some(({ name }) => name !== first.name)) return undefined;
  const { name } = first;
  const code = subject.paths.filter((path) => path.endsWith('.py') && isProductionPath(path));
  const defined = code
    .slice(0, mostFiles)
    .flatMap((path) => defaultsIn(subject.read(path) ?? '', path, name));
  const [only] = defined;
  if (only === undefined) return undefined;
  const setters = settersOf(subject, code, name);
  const isDecided = defined.length === 1 && (only.isOn === true ? setters.off : setters.on).length === 0;
  return {
    name,
    isOn: isDecided ? only.isOn : undefined,
    evidence: [only.place, first.one],
  };
}

function defaultsIn(
  text: string,
  path: string,
  name: string,
): readonly { readonly isOn: boolean | undefined; readonly place: Evidence }[] {
  if (!/\btornado\b/.test(text)) return [];
  return [
    ...text.matchAll(
      /^[ \t]*(?:\w+\.)*define\(\s*["'](\w{1,60})["']([^\n]{0,300}(?:\n[ \t]+[^\n]{0,300}){0,5})/gm,
    ),
  ]
    .filter(([, one]) => one === name)
    .map(({ 0: whole, 2: rest = '', index }) => {
      const initial =
        /^\s*,\s*(?:default\s*=\s*)?(True|False|None)\b/.exec(rest)?.[1] ??
        /\bdefault\s*=\s*(True|False|None)\s*[,)]/.exec(rest)?.[1];
      const line = text.slice(0, index + whole.search(/\S/)).split('\n').length;
      const shown = (whole.trim().split('\n')[0] ?? '').slice(0, 160);
      return {
        isOn: initial === undefined ? undefined : initial === 'True',
        place: { text: shown, path, line },
      };
    });
}

const starts = /\.(conf|ini|service|sh|ya?ml|toml)$|(^|\/)(Procfile|Dockerfile[^/]*|Makefile)$/i;

/** What may set an option to another value than its default: commands that start the application, files of options, and code. */
function settersOf(
  { paths, read }: Subject,
  code: readonly string[],
  name: string,
): { readonly on: readonly string[]; readonly off: readonly string[] } {
  const given = new RegExp(
    `--${name.replaceAll('_', '[-_]')}(?![\\w-])(?:[= ]?["']?(false|0|no|off)\\b)?`,
    'gi',
  );
  const commands = paths
    .filter((path) => starts.test(path) && isProductionPath(path) && !isForDevelopment(path))
    .slice(0, mostFiles)
    .flatMap((path) =>
      [...(read(path) ?? '').matchAll(given)].map(([, off]) => ({ path, isOff: off !== undefined })),
    );
  const other = code.filter((path) =>
    new RegExp(`\\bparse_config_file\\b|\\boptions\\.${name}\\s*=(?!=)|\\bset_default\\b`).test(
      read(path) ?? '',
    ),
  );
  return {
    on: [...commands.filter(({ isOff }) => !isOff).map(({ path }) => path), ...other],
    off: commands.filter(({ isOff }) => isOff).map(({ path }) => path),
  };
}
