/** A rule of a Makefile. */
export interface MakeRule {
  readonly needs: readonly string[];
  readonly recipe: readonly {
    readonly text: string;
    readonly path: string;
    readonly line: number;
    readonly ignored: boolean;
  }[];
}

export interface Makefile {
  readonly rules: ReadonlyMap<string, MakeRule>;
  /** What `make` without a target runs. */
  readonly first: string | undefined;
}

const maxLines = 20_000;
const maxExpanded = 20_000;

/** Reads the rules of a Makefile. Variables are replaced by their last plain value; functions stay as they are written. */
export function readMakefile(path: string, read: (path: string) => string | undefined): Makefile {
  const lines = linesOf(path, read, 0);
  const variables = new Map<string, string>([
    ['MAKE', 'make'],
    ['CURDIR', '.'],
    ['PWD', '.'],
  ]);
  const rules = new Map<string, MakeRule>();
  let current: string[] = [];
  let first: string | undefined;
  for (let at = 0; at < lines.length; at++) {
    const from = lines[at] ?? { path, line: 1 };
    const place = { path: from.path, line: from.line };
    let line = lines[at]?.text ?? '';
    while (line.endsWith('\\') && at + 1 < lines.length && line.length < maxExpanded) {
      at++;
      line = `${line.slice(0, -1)} ${(lines[at]?.text ?? '').trim()}`;
    }
    if (line.startsWith('\t')) {
      const [, prefix = '', body = ''] = /^\s*([@+-]*)(.*)$/.exec(line) ?? [];
      const step = { text: body, ...place, ignored: prefix.includes('-') };
      for (const name of current) {
        const rule = rules.get(name);
        if (rule) rules.set(name, { ...rule, recipe: [...rule.recipe, step] });
      }
      continue;
    }
    const [, name, value = ''] =
      /^(?:export\s+)?([A-Za-z_][\w.]*)\s*(?:::?|\?|\+)?=\s*(.*)$/.exec(line) ?? [];
    if (name !== undefined) {
      variables.set(name, value.replace(/\s+#.*$/, ''));
      current = [];
      continue;
    }
    const [, targets, needs = ''] =
      /^([^\s#:=][^#:=]{0,500}):(?!=):?(?:\s*([^=]*))?$/.exec(line.replace(/\s*##?\s.*$/, '')) ?? [];
    if (targets === undefined) {
      if (line.trim() !== '' && !line.trimStart().startsWith('#')) current = [];
      continue;
    }
    const [before = '', inline] = needs.split(';', 2);
    current = targets.trim().split(/\s+/);
    for (const target of current) {
      const old = rules.get(target);
      const own = inline === undefined ? [] : [{ text: inline, ...place, ignored: false }];
      rules.set(target, {
        needs: [...(old?.needs ?? []), ...before.trim().split(/\s+/).filter(Boolean)],
        recipe: [...(old?.recipe ?? []), ...own],
      });
      if (first === undefined && !target.startsWith('.')) first = target;
    }
  }
  const expanded = new Map<string, MakeRule>();
  for (const [name, rule] of rules) {
    expanded.set(name, {
      needs: rule.needs.flatMap((need) => expand(need, variables).split(/\s+/)).filter(Boolean),
      recipe: rule.recipe.map((step) => ({ ...step, text: expand(step.text, variables) })),
    });
  }
  return { rules: expanded, first };
}

/** The targets among the arguments of `make`. */
export function targetsOf(args: readonly string[]): readonly string[] {
  return args.filter((arg) => !arg.startsWith('-') && !arg.includes('='));
}

/** The recipes of targets, and of all that they need; without targets those of the first one. */
export function makeSteps(
  makefile: Makefile,
  targets: readonly string[],
): { readonly steps: MakeRule['recipe']; readonly missing: readonly string[] } {
  const wanted = targets.length > 0 ? [...targets] : [makefile.first ?? ''];
  const done = new Set<string>();
  const steps: MakeRule['recipe'][number][] = [];
  for (let target = wanted.shift(); target !== undefined && done.size < 200; target = wanted.shift()) {
    if (done.has(target)) continue;
    done.add(target);
    const rule = makefile.rules.get(target);
    wanted.push(...(rule?.needs ?? []));
    steps.push(...(rule?.recipe ?? []));
  }
  return { steps, missing: targets.filter((target) => !makefile.rules.has(target)) };
}

interface MakeLine {
  readonly text: string;
  readonly path: string;
  readonly line: number;
}

/** The lines of a Makefile, with those of the files that it includes. Paths are relative to the folder of the first. */
function linesOf(
  path: string,
  read: (path: string) => string | undefined,
  depth: number,
): readonly MakeLine[] {
  const folder = path.slice(0, path.lastIndexOf('/') + 1);
  return (read(path) ?? '').split(/\r?\n/, maxLines).flatMap((text, index) => {
    const included = /^-?include\s+([\w./-]+)\s*$/.exec(text)?.[1];
    if (included === undefined || depth > 3) return { text, path, line: index + 1 };
    return linesOf(`${folder}${included}`, read, depth + 1);
  });
}

function expand(text: string, variables: ReadonlyMap<string, string>): string {
  const top = '$(shell git rev-parse --show-toplevel)';
  let here = text.replaceAll(top, '.');
  // Variables of variables can stand for a text of any size.
  let room = maxExpanded;
  for (let round = 0; round < 5; round++) {
    const next = here.replace(/\$[({](\w+)[)}]/g, (all, name: string) => {
      const value = variables.get(name)?.replaceAll(top, '.');
      room -= value?.length ?? 0;
      return value === undefined || room < 0 ? all : value;
    });
    if (next === here) break;
    here = next;
  }
  return here.replaceAll('$$', '$');
}
