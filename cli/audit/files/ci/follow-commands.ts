import type { Evidence } from '../../check/outcome.ts';
import type { Subject } from '../../subject/subject.ts';
import { hasPath } from '../has-path.ts';
import { both, type Certainty, type Ci, type CiStep, either, type Trigger, type Unread } from './ci-model.ts';
import { inFolder } from './in-folder.ts';
import { type Makefile, makeSteps, readMakefile, targetsOf } from './makefile.ts';
import { optionValues } from './option-values.ts';
import { findScripts, scriptsCalled } from './package-scripts.ts';
import { type PreCommit, readPreCommit } from './pre-commit.ts';
import { type Program, programOf } from './program.ts';
import type { Followed, Ran } from './ran.ts';
import { runners } from './runners.ts';
import { type ShellMode, shellCommands } from './shell-commands.ts';
import { type EnvironmentCommand, noxCommands, toxCommands } from './tox.ts';
import { distinctUnread } from './unread-evidence.ts';

const maxRan = 20_000;
const maxDepth = 8;
const loose: ShellMode = { stopsOnError: false, pipefail: false };
const strict: ShellMode = { stopsOnError: true, pipefail: false };

/** Follows the commands of all jobs through scripts of package.json, Makefiles, tox, nox, pre-commit and shell scripts. */
export function followCommands(subject: Subject, ci: Ci): Followed {
  const follower = new Follower(subject);
  for (const step of ci.steps) {
    if (step.uses !== undefined && /^pre-commit\/action@/.test(step.uses)) {
      follower.hooks({
        step,
        trail: [here(step)],
        trigger: step.trigger,
        ignored: step.ignored,
        folder: '',
        depth: 0,
        chain: [],
      });
    }
    if (step.run === undefined) continue;
    const context = {
      step,
      trail: [],
      trigger: step.trigger,
      ignored: step.ignored,
      folder: step.folder,
      depth: 0,
      chain: [],
    };
    follower.script(step.run, strict, context, step.path, step.line);
  }
  if (follower.ran.length >= maxRan) {
    const [path, line] = [ci.steps[0]?.path ?? '', 1];
    follower.unread.push({ what: 'CI runs more commands than are followed', path, line });
  }
  return {
    ran: follower.ran,
    unread: distinctUnread([...ci.unread, ...follower.unread]),
    scripts: follower.scripts,
  };
}

function here({ path, line, uses }: CiStep): Evidence {
  return { text: uses ?? '', path, line };
}

interface Context {
  readonly step: CiStep;
  readonly trail: readonly Evidence[];
  readonly trigger: Trigger;
  readonly ignored: Certainty;
  readonly folder: string | undefined;
  readonly depth: number;
  /** The scripts that led here: one that calls itself ends. */
  readonly chain: readonly string[];
}

class Follower {
  readonly ran: Ran[] = [];
  readonly unread: Unread[] = [];
  readonly scripts: { readonly path: string; readonly from: Ran }[] = [];
  readonly #subject: Subject;
  readonly #preCommit: PreCommit | undefined;
  readonly #makefiles = new Map<string, Makefile>();
  readonly #lines = new Map<string, readonly string[]>();

  constructor(subject: Subject) {
    this.#subject = subject;
    this.#preCommit = readPreCommit(subject);
  }

  /** The commands of one script that stands in `path` from `line` on. */
  script(text: string, mode: ShellMode, context: Context, path: string, line: number): void {
    let { folder } = context;
    for (const { words, ignored, runs } of shellCommands(text, mode)) {
      if (this.ran.length >= maxRan) return;
      const place = { text: words.join(' ').slice(0, 300), path, line: this.#lineOf(path, line, words) };
      const inside: Context = {
        ...context,
        folder,
        trail: [...context.trail, place],
        ignored: either(context.ignored, ignored),
        trigger:
          runs === 'yes'
            ? context.trigger
            : { change: both(context.trigger.change, runs), schedule: both(context.trigger.schedule, runs) },
      };
      if (words[0] === 'cd' || words[0] === 'pushd')
        folder = inFolder(folder, (words[1] ?? '').replace('$(git rev-parse --show-toplevel)', ''));
      else this.#command(words, inside);
    }
  }

  #command(words: readonly string[], context: Context): void {
    const program = programOf(words);
    // `command -v semgrep` only looks for it.
    if (program === undefined || /^(command|which|type|hash) /.test(words.join(' '))) return;
    const folder = program.folder === undefined ? context.folder : inFolder(context.folder, program.folder);
    const ran: Ran = {
      program,
      text: words.join(' '),
      trigger: context.trigger,
      ignored: context.ignored,
      folder,
      step: context.step,
      trail: context.trail,
    };
    this.ran.push(ran);
    const { path = '', line = 1 } = context.trail.at(-1) ?? {};
    const deeper = { ...context, folder, depth: context.depth + 1 };
    if (deeper.depth > maxDepth) {
      this.unread.push({ what: 'Scripts call each other too deeply to be followed', path, line });
      return;
    }
    if (program.script !== undefined) {
      this.script(program.script, loose, deeper, path, line);
      return;
    }
    if (this.#packageScripts(ran, deeper) || this.#make(program, deeper)) return;
    const { name, args } = program;
    if (name === 'tox') {
      const names = optionValues(args, ['-e', '--env']);
      this.#environments(toxCommands(this.#subject, folder ?? '', names), deeper);
    } else if (name === 'nox') {
      const names = optionValues(args, ['-s', '--session', '-e']);
      this.#environments(noxCommands(this.#subject, folder ?? '', names), deeper);
    } else if (name === 'pre-commit' && args[0] === 'run') {
      this.hooks(deeper, args.slice(1));
    } else if (name.includes('$') && args[0] !== '-m') {
      this.unread.push({ what: `The name of a program is computed: ${ran.text.slice(0, 100)}`, path, line });
    } else if (runners.test(name)) {
      this.unread.push({ what: `What ${name} runs is not followed`, path, line });
    } else {
      this.#file(words, ran, deeper);
    }
  }

  #packageScripts(ran: Ran, context: Context): boolean {
    const call = scriptsCalled(ran.program);
    if (call === undefined) return false;
    const { path = '', line = 1 } = context.trail.at(-1) ?? {};
    if (call.names.some((name) => name.includes('$'))) {
      this.unread.push({ what: `The name of a script is computed: ${ran.text.slice(0, 100)}`, path, line });
      return true;
    }
    const found = findScripts(this.#subject, call, context.folder ?? '');
    for (const script of found) {
      const key = `${script.path} ${script.name}`;
      if (context.chain.includes(key)) continue;
      const inside = { ...context, folder: script.folder, chain: [...context.chain, key] };
      this.script(script.text, loose, inside, script.path, script.line);
    }
    return found.length > 0;
  }

  #make({ name, args }: Program, context: Context): boolean {
    if (name !== 'make' && name !== 'gmake') return false;
    const folder = context.folder ?? '';
    const path = ['GNUmakefile', 'makefile', 'Makefile']
      .map((one) => inFolder(folder, one) ?? one)
      .find((one) => hasPath(this.#subject, one));
    const { path: from = '', line = 1 } = context.trail.at(-1) ?? {};
    const text = path === undefined ? undefined : this.#subject.read(path);
    if (path === undefined || text === undefined) {
      this.unread.push({ what: 'make runs without a Makefile that could be read', path: from, line });
      return true;
    }
    const makefile =
      this.#makefiles.get(path) ??
      readMakefile(path, (one) => (hasPath(this.#subject, one) ? this.#subject.read(one) : undefined));
    this.#makefiles.set(path, makefile);
    const { steps, missing } = makeSteps(makefile, targetsOf(args));
    for (const target of missing) {
      this.unread.push({ what: `The target ${target} was not found in ${path}`, path: from, line });
    }
    for (const step of steps) {
      const inside: Context = { ...context, ignored: step.ignored ? 'yes' : context.ignored };
      this.script(step.text, loose, inside, step.path, step.line);
    }
    return true;
  }

  #environments(commands: readonly EnvironmentCommand[], context: Context): void {
    const { path = '', line = 1 } = context.trail.at(-1) ?? {};
    if (commands.length === 0)
      this.unread.push({ what: 'No commands were found for tox or nox', path, line });
    for (const command of commands) {
      const lost = command.ignored ? 'yes' : context.ignored;
      this.script(command.text, strict, { ...context, ignored: lost }, command.path, command.line);
    }
  }

  /** `pre-commit run`, of all hooks or of those that are named. */
  hooks(context: Context, args: readonly string[] = []): void {
    const { path = '', line = 1 } = context.trail.at(-1) ?? {};
    if (this.#preCommit === undefined || this.#preCommit.problem !== undefined) {
      this.unread.push({
        what: `The configuration of pre-commit ${this.#preCommit?.problem ?? 'was not found'}`,
        path,
        line,
      });
      return;
    }
    const [first] = args.filter((arg) => !arg.startsWith('-'));
    const isNamed = this.#preCommit.hooks.some(({ id }) => id === first);
    for (const hook of this.#preCommit.hooks) {
      if (isNamed && hook.id !== first) continue;
      const place = { text: `id: ${hook.id}`, path: hook.path, line: hook.line };
      const inside = { ...context, folder: '', trail: [...context.trail, place] };
      const { step, trigger, ignored } = context;
      const program = { name: `hook:${hook.id}`, args: [...hook.args, ...hook.extra], image: hook.repo };
      this.ran.push({
        program,
        text: `${hook.id} ${hook.args.join(' ')}`,
        trigger,
        ignored,
        folder: '',
        step,
        trail: inside.trail,
      });
      if (hook.entry !== undefined) {
        this.script(`${hook.entry} ${hook.args.join(' ')}`, strict, inside, hook.path, hook.line);
      }
    }
  }

  /** A script of the project: one for a shell is followed, another one is noted. */
  #file(words: readonly string[], ran: Ran, context: Context): void {
    const { path: from = '', line = 1 } = context.trail.at(-1) ?? {};
    const { name, args } = ran.program;
    const isShell = /^((ba|da|z)?sh|source|\.)$/.test(name);
    const isInterpreter = isShell || /^(python[\d.]*|py|node|tsx|ts-node|deno|bun)$/.test(name);
    const called = isInterpreter
      ? args.find((arg) => !arg.startsWith('-'))
      : words.find((word) => word.endsWith(`/${name}`) || word === name);
    if (
      called === undefined ||
      (!isInterpreter && !called.includes('/')) ||
      /node_modules\/|venv\//.test(called)
    )
      return;
    const rooted = /^\$\{?(GITHUB_WORKSPACE|CI_PROJECT_DIR)\}?\//.exec(called)?.[0];
    const path =
      rooted === undefined
        ? inFolder(context.folder ?? '', called.replace(/^\$\{?PWD\}?\//, ''))
        : inFolder('', called.slice(rooted.length));
    const text = path !== undefined && hasPath(this.#subject, path) ? this.#subject.read(path) : undefined;
    if (path === undefined || text === undefined) {
      // A program that a package or the machine brings is none of the project's.
      const isOwn = isShell || /^\.{1,2}\/|\$|\.sh$/.test(called);
      if (isOwn && !/activate$|\/(etc|usr|opt)\//.test(called))
        this.unread.push({ what: `The script ${called.slice(0, 100)} was not found`, path: from, line });
      return;
    }
    if (isShell || /^#!.*\b(ba|da|z)?sh\b/.test(text) || path.endsWith('.sh')) {
      if (context.chain.includes(path)) return;
      const inside = { ...context, chain: [...context.chain, path] };
      this.script(text, { stopsOnError: /^#!.*sh -\w*e/.test(text), pipefail: false }, inside, path, 1);
      // A script that runs what it is given: `dev-shell ./run-test`
      const given = isInterpreter ? args.slice(args.indexOf(called) + 1) : args;
      if (text.includes('"$@"') && given.length > 0)
        this.#command(given, { ...inside, folder: context.folder });
    } else {
      this.scripts.push({ path, from: ran });
    }
  }

  /** The line of a command in a file, from the script's first line on. */
  #lineOf(path: string, from: number, words: readonly string[]): number {
    let lines = this.#lines.get(path);
    if (lines === undefined) {
      lines = (this.#subject.read(path) ?? '').split('\n', 50_000);
      this.#lines.set(path, lines);
    }
    const [first = '', second = ''] = words;
    for (let at = from - 1; at < Math.min(lines.length, from + 400); at++) {
      const line = lines[at] ?? '';
      if (line.includes(first) && line.includes(second)) return at + 1;
    }
    return Math.min(from, Math.max(1, lines.length));
  }
}
