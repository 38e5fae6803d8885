/**
 * Looks at the user that the last stage of each Dockerfile ends with. Dockerfiles of tests, development and CI are left out.
 *
 * ## Why
 * A hole in a program that runs as root is one in the container as a whole, and often the first step out of it.
 *
 * ## Passes
 * The last `USER` of the last stage, or of the stage that it builds on, is not root.
 *
 * ## Fails
 * It is `root` or `0`; or there is none, and the image runs as root by default, as official images do.
 *
 * ## Unknown
 * There is none, and the image isn't known; the user is a variable; or a start script changes the user.
 *
 * ## How to fix
 * ```text
 * RUN useradd --system app
 * USER app
 * ```
 */
import type { Check } from '../../../check/check.ts';
import { type Evidence, fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import {
  type Dockerfile,
  dockerfiles,
  type Instruction,
  type Stage,
  withValues,
} from '../../../files/container/read-dockerfile.ts';

const fix = 'Add to the last stage, before CMD:\nRUN useradd --system app\nUSER app';
const nonRoot = /:[\w.-]*nonroot|nginx-unprivileged|^cgr\.dev\/chainguard\//;
const ownUser = /\b(gosu|su-exec|setpriv|s6-setuidgid|runuser|chpst)\b/;

export const check: Check = {
  id: 'server/docker-user',
  aspect: 'server/hardening',
  title: 'Containers do not run as root.',
  why: 'A hole in a program that runs as root is one in the container as a whole.',
  severity: 'medium',
  cwe: [250],
  asvs: ['13.2.2'],
  run: (subject) => dockerfiles(subject).map(judge),
};

function judge(file: Dockerfile): Outcome {
  const { path, stages, values, problem } = file;
  const last = stages.at(-1);
  if (problem !== undefined || last === undefined)
    return unknown(`${path} ${problem ?? 'has no stage'}.`, 'Correct the file.', [
      { text: path, path, line: 1 },
    ]);
  const { user, image } = userOf(last, stages);
  const from = { text: `FROM ${image.base}`, path, line: image.line };
  const dropped = stages.flatMap(({ instructions }) => instructions).find(({ text }) => ownUser.test(text));
  if (user === undefined || isRoot(withValues(user.text, values))) {
    const evidence = [user === undefined ? from : shown(user, path)];
    if (dropped !== undefined)
      return unknown('A container starts as root, and changes its user by a script.', fix, [
        ...evidence,
        shown(dropped, path),
      ]);
    if (user !== undefined) return fail('A container runs as root.', evidence, fix);
    if (nonRoot.test(image.base))
      return pass('A container runs as the user of its image, which is not root.', evidence);
    if (isOfficial(image.base))
      return fail('A container runs as root: nothing sets another user.', evidence, fix);
    return unknown(
      `Nothing sets a user, and the one of the image ${image.base} is not in the files.`,
      fix,
      evidence,
    );
  }
  if (/\$/.test(withValues(user.text, values)))
    return unknown('The user of a container is a variable.', fix, [shown(user, path)]);
  return pass('A container does not run as root.', [shown(user, path)]);
}

/** The last USER, also of the stages that it builds on, and the image at the end of them. */
function userOf(
  last: Stage,
  stages: readonly Stage[],
): { readonly user: Instruction | undefined; readonly image: Stage } {
  let stage = last;
  for (let step = 0; step < stages.length; step++) {
    const user = stage.instructions.filter(({ name }) => name === 'USER').at(-1);
    if (user !== undefined) return { user, image: stage };
    const below = stages.find(
      (one) => one !== stage && one.name !== undefined && one.name.toLowerCase() === stage.base.toLowerCase(),
    );
    if (below === undefined) break;
    stage = below;
  }
  return { user: undefined, image: stage };
}

function isRoot(user: string): boolean {
  return /^["']?(root|0+)(:|["']?$)/.test(user.trim());
}

/** Images of Docker's library run as root; so does what starts from nothing. */
function isOfficial(base: string): boolean {
  const name = base.replace(/^(docker\.io\/)?(library\/)?/, '');
  return /^[a-z0-9-]+([:@]|$)/.test(name) && !name.includes('$');
}

function shown({ name, text, line }: Instruction, path: string): Evidence {
  return { text: `${name} ${text}`.slice(0, 200), path, line };
}
