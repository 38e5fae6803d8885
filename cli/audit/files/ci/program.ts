/** What a command of a script runs in the end, without what stands around it. */
export interface Program {
  /** Without folder and version: `semgrep`. */
  readonly name: string;
  readonly args: readonly string[];
  /** The folder that an option names: `make -C admin`, `npm --prefix api`. */
  readonly folder?: string;
  /** Text that is a script itself: `bash -c 'npm audit'`. */
  readonly script?: string;
  /** The image of a container that is run. */
  readonly image?: string;
}

const maxSteps = 12;

/** `npx --yes cross-env CI=1 eslint@9 .` runs `eslint .`. */
export function programOf(words: readonly string[]): Program | undefined {
  let rest = words;
  let folder: string | undefined;
  for (let step = 0; step < maxSteps; step++) {
    rest = withoutAssignments(rest);
    const [first, ...args] = rest;
    if (first === undefined) return undefined;
    const name = baseName(first);
    const next = unwrapped(name, args);
    if (next === undefined) return made(name, args, folder);
    if (next.folder !== undefined) folder = next.folder;
    if (next.program !== undefined) return folder === undefined ? next.program : { ...next.program, folder };
    rest = next.words ?? [];
  }
  return undefined;
}

interface Unwrapped {
  readonly words?: readonly string[];
  readonly folder?: string;
  readonly program?: Program;
}

function made(name: string, args: readonly string[], folder: string | undefined): Program {
  const option =
    name === 'make' ? ['-C', '--directory'] : ['--prefix', '-C', '--dir', '--cwd', '--filter', '-F'];
  const at = args.findIndex((arg) => option.some((one) => arg === one || arg.startsWith(`${one}=`)));
  const inline = /=(.+)$/.exec(args[at] ?? '')?.[1];
  const named =
    at < 0 || !/^(make|npm|pnpm|yarn|bun|uv|poetry)$/.test(name) ? undefined : (inline ?? args[at + 1]);
  const others =
    at < 0 || named === undefined
      ? args
      : [...args.slice(0, at), ...args.slice(at + (inline === undefined ? 2 : 1))];
  const place = named ?? folder;
  return place === undefined ? { name, args: others } : { name, args: others, folder: place };
}

/** Commands that run the command behind them, after options without a value. */
const plain =
  /^(sudo|exec|command|time|nice|nohup|stdbuf|xvfb-run|cross-env|cross-env-shell|env|dotenv|c8|nyc|eatmydata|setarch|unbuffer|catchsegv|doppler|direnv|timeout|xargs|parallel|retry|chronic|ionice)$/;
/** Package runners with `run` or `exec` in between, or without. */
const runners: Readonly<Record<string, readonly string[]>> = {
  npx: [],
  bunx: [],
  uvx: [],
  pnpx: [],
  poetry: ['run'],
  pipenv: ['run'],
  pdm: ['run'],
  hatch: ['run'],
  rye: ['run'],
  uv: ['run', 'tool run'],
  pipx: ['run'],
  pixi: ['run'],
  conda: ['run'],
  pnpm: ['exec', 'dlx'],
  npm: ['exec', 'x'],
  yarn: ['exec', 'dlx'],
  bun: ['x'],
  bundle: ['exec'],
};
/** Options of runners that take a value. */
const withValue =
  /^(-p|--package|--with|--with-requirements|--from|--spec|--python|--group|--extra|--only-group|--no-group|--env-file|--directory|--project|-n|-e|-u|--user|-E|--exclude|--reporter|-r|--source|--omit|--rcfile)$/;

function unwrapped(name: string, args: readonly string[]): Unwrapped | undefined {
  if (plain.test(name)) {
    const rest = behindOptions(args);
    // `timeout 60s npm test`, `xargs -n 1 bandit`
    return { words: /^\d+[smh]?$/.test(rest[0] ?? '') ? rest.slice(1) : rest };
  }
  const verbs = Object.hasOwn(runners, name) ? runners[name] : undefined;
  if (verbs !== undefined) {
    if (verbs.length === 0) return { words: behindOptions(args) };
    const bare = behindOptions(args);
    const verb = verbs.find((one) => one.split(' ').every((word, index) => bare[index] === word));
    if (verb === undefined) return undefined;
    return { words: behindOptions(bare.slice(verb.split(' ').length)) };
  }
  if (/^python[\d.]*$|^py$|^coverage$/.test(name)) return pythonModule(name, args);
  if (/^(ba|da|z)?sh$/.test(name)) {
    const at = args.findIndex((arg) => /^-\w*c$/.test(arg));
    return at < 0 ? undefined : { program: { name, args: [], script: args[at + 1] ?? '' } };
  }
  if (/^(docker|podman)-compose$/.test(name)) return service(args);
  if (name === 'docker' || name === 'podman')
    return args[0] === 'compose' ? service(args.slice(1)) : container(args);
  return undefined;
}

/** `python -m bandit -r src`, `coverage run -m pytest` */
function pythonModule(name: string, args: readonly string[]): Unwrapped | undefined {
  if (name === 'coverage') {
    if (args[0] !== 'run') return undefined;
    const at = args.indexOf('-m');
    const script = behindOptions(args.slice(1));
    return at > 0 ? { words: args.slice(at + 1) } : { words: ['python', ...script] };
  }
  const at = args.findIndex(
    (arg, index) => arg === '-m' || !(arg.startsWith('-') || /^-[WX]$/.test(args[index - 1] ?? '')),
  );
  if (args[at] !== '-m') return undefined;
  const module = args[at + 1];
  return module === undefined
    ? undefined
    : { words: [module.replace(/\.__main__$/, ''), ...args.slice(at + 2)] };
}

const serviceValues =
  /^(-f|--file|-p|--project-name|--env-file|--profile|--project-directory|-e|--env|-w|--workdir|-u|--user|-v|--volume|--name|--entrypoint|--index|--publish|-l|--label)$/;

/** `docker compose run --rm web bandit -r src` */
function service(args: readonly string[]): Unwrapped | undefined {
  const behind = (from: number): number => {
    let index = from;
    while (args[index]?.startsWith('-') === true) index += serviceValues.test(args[index] ?? '') ? 2 : 1;
    return index;
  };
  const at = behind(0);
  if (args[at] !== 'run' && args[at] !== 'exec') return undefined;
  return { words: args.slice(behind(at + 1) + 1) };
}

/** `docker run --rm -v .:/src semgrep/semgrep semgrep --config auto` */
function container(args: readonly string[]): Unwrapped | undefined {
  const at = args.indexOf('run');
  if (at < 0 || at > 2) return undefined;
  const valued =
    /^(-v|--volume|-e|--env|-w|--workdir|-u|--user|--name|--network|--net|-p|--publish|--mount|--entrypoint|--env-file|--platform|-l|--label|--add-host|--cap-add)$/;
  let index = at + 1;
  while (index < args.length && args[index]?.startsWith('-')) index += valued.test(args[index] ?? '') ? 2 : 1;
  const image = args[index];
  if (image === undefined) return undefined;
  const inner = programOfImage(image, args.slice(index + 1));
  return { program: inner };
}

function programOfImage(image: string, args: readonly string[]): Program {
  const name = baseName(image.replace(/@sha256:.*$/, '').replace(/:[^/:]*$/, ''));
  const first = args[0];
  // The name may be given again, or be the entry point already.
  const isRepeated = first !== undefined && baseName(first) === name;
  return { name, args: isRepeated ? args.slice(1) : args, image };
}

function withoutAssignments(words: readonly string[]): readonly string[] {
  const at = words.findIndex((word) => !/^[A-Za-z_]\w*\+?=(?!=)/.test(word));
  return at < 0 ? [] : words.slice(at);
}

function behindOptions(args: readonly string[]): readonly string[] {
  let index = 0;
  while (index < args.length) {
    const arg = args[index] ?? '';
    if (arg === '--') return args.slice(index + 1);
    if (/^[A-Za-z_]\w*=(?!=)/.test(arg)) index++;
    else if (!arg.startsWith('-')) break;
    else index += withValue.test(arg) ? 2 : 1;
  }
  return args.slice(index);
}

/** `./node_modules/.bin/eslint` and `eslint@9.1` are `eslint`; `@scope/tool@1` is `@scope/tool`. */
function baseName(word: string): string {
  const scoped = /^(@[\w.-]+\/[\w.-]+)(@.*)?$/.exec(word)?.[1];
  if (scoped !== undefined) return scoped;
  const last = word.slice(word.lastIndexOf('/') + 1);
  return last.replace(/(?<=.)(@|==|\[).*$/, '').replace(/\.exe$/, '');
}
