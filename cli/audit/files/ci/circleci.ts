import type { Subject } from '../../subject/subject.ts';
import { hasPath } from '../has-path.ts';
import { at, entriesOf, itemsOf, lineOf, readYaml, type Tree, textOf } from '../yaml-tree.ts';
import type { Ci, CiStep, Trigger, Unread } from './ci-model.ts';

const maxDepth = 5;
/** Steps of CircleCI itself, and commands of its orbs that only install. */
const harmless =
  /^(checkout|setup_remote_docker|save_cache|restore_cache|store_artifacts|store_test_results|persist_to_workspace|attach_workspace|add_ssh_keys|when|unless)$|^(node|python|codecov|docker|gcp-cli|aws-cli)\/(install|install-packages|install-yarn|install-pnpm|setup|upload|check)$/;

/** `.circleci/config.yml`: the jobs of its workflows, with commands of its own. */
export function readCircleci(subject: Subject): Ci {
  const path = ['.circleci/config.yml', '.circleci/config.yaml'].find((one) => hasPath(subject, one));
  if (path === undefined) return { configs: [], steps: [], unread: [] };
  const text = subject.read(path);
  const file = text === undefined ? undefined : readYaml(text);
  const tree = file?.documents[0];
  if (tree === undefined || file?.problem !== undefined) {
    return {
      configs: [],
      steps: [],
      unread: [{ what: `${path} ${file?.problem ?? 'could not be read'}`, path, line: 1 }],
    };
  }
  const reader = new Reader(tree, path);
  for (const { key, value, line } of runsOf(tree)) reader.job(key, value, line);
  if (textOf(at(tree, 'setup')) === 'true')
    reader.unread.push({ what: 'A configuration that is made while it runs is not followed', path, line: 1 });
  return { configs: [{ text: path, path, line: 1 }], steps: reader.steps, unread: reader.unread };
}

/** The jobs that workflows run, with what starts them; without workflows the job `build`. */
function runsOf(
  tree: Tree,
): readonly { readonly key: string; readonly value: Trigger; readonly line: number }[] {
  const workflows = entriesOf(at(tree, 'workflows')).filter(({ value }) => value.kind === 'map');
  if (workflows.length === 0) return [{ key: 'build', value: { change: 'yes', schedule: 'no' }, line: 1 }];
  return workflows.flatMap(({ value }) => {
    const isScheduled = at(value, 'triggers') !== undefined;
    const isConditional = at(value, 'when') !== undefined || at(value, 'unless') !== undefined;
    return itemsOf(at(value, 'jobs')).flatMap((item) => {
      const [entry] = entriesOf(item);
      const key = textOf(item) ?? entry?.key ?? '';
      const ofTags =
        at(entry?.value, 'filters', 'tags') !== undefined &&
        textOf(at(entry?.value, 'filters', 'branches', 'ignore')) === '/.*/';
      const change = isScheduled || ofTags ? 'no' : isConditional ? 'maybe' : 'yes';
      const trigger: Trigger = { change, schedule: isScheduled ? 'yes' : 'no' };
      return textOf(at(entry?.value, 'type')) === 'approval'
        ? []
        : [{ key, value: trigger, line: item.line }];
    });
  });
}

class Reader {
  readonly steps: CiStep[] = [];
  readonly unread: Unread[] = [];
  readonly #tree: Tree;
  readonly #path: string;

  constructor(tree: Tree, path: string) {
    this.#tree = tree;
    this.#path = path;
  }

  job(name: string, trigger: Trigger, line: number): void {
    const job = at(this.#tree, 'jobs', name);
    if (job === undefined) {
      this.unread.push({ what: `The job ${name} of an orb is not in this project`, path: this.#path, line });
      return;
    }
    const folder = textOf(at(job, 'working_directory')) ?? '';
    const texts: { text: string; line: number; folder: string }[] = [];
    this.#collect(itemsOf(at(job, 'steps')), texts, 0);
    const base = { path: this.#path, job: name, trigger, ignored: 'no', inputs: {} } as const;
    for (const image of itemsOf(at(job, 'docker'))) {
      const own = textOf(at(image, 'image'));
      if (own !== undefined)
        this.steps.push({ ...base, line: lineOf(image, 'image'), uses: `docker://${own}` });
    }
    for (const { text, line: at, folder: own } of texts) {
      const inside = (own || folder).replace(/^~\/(project|repo|app)\/?|^\.\/?/, '');
      const place = /^[~/]|\$|<</.test(inside) ? {} : { folder: inside };
      // CircleCI's shell has both options.
      this.steps.push({ ...base, line: at, run: `set -eo pipefail\n${text}`, ...place });
    }
  }

  #collect(
    steps: readonly Tree[],
    texts: { text: string; line: number; folder: string }[],
    depth: number,
  ): void {
    for (const step of steps) {
      const [entry] = entriesOf(step);
      const name = textOf(step) ?? entry?.key ?? '';
      if (name === 'run') {
        const text = textOf(entry?.value) ?? textOf(at(entry?.value, 'command')) ?? '';
        const when = textOf(at(entry?.value, 'when'));
        if (when !== 'on_fail')
          texts.push({ text, line: step.line, folder: textOf(at(entry?.value, 'working_directory')) ?? '' });
        continue;
      }
      const command = at(this.#tree, 'commands', name);
      if (command !== undefined && depth < maxDepth)
        this.#collect(itemsOf(at(command, 'steps')), texts, depth + 1);
      else if (!harmless.test(name))
        this.unread.push({
          what: `The step ${name} of an orb is not in this project`,
          path: this.#path,
          line: step.line,
        });
    }
  }
}
