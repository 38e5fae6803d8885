/**
 * Looks at `ENV` and `ARG` of each Dockerfile, and at `environment` of compose files, for secrets.
 *
 * ## Why
 * Whoever can pull an image reads its variables and its build arguments (`docker history`), also those of earlier layers.
 *
 * ## Passes
 * Never by itself: all other files have to be searched too.
 *
 * ## Fails
 * A variable with the name of a secret has a value that looks like one.
 *
 * ## Unknown
 * A secret is handed to the build as an `ARG`.
 *
 * ## How to fix
 * ```text
 * RUN --mount=type=secret,id=npm_token NPM_TOKEN=$(cat /run/secrets/npm_token) npm ci
 * ```
 * At run time hand secrets over by the environment of the deployment, or by files.
 */
import { looksSecret, secretKind } from '../../../../scan/rules/kit/sensitive/secret-text.ts';
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, unknown } from '../../../check/outcome.ts';
import { composeView, environmentOf } from '../../../files/container/compose-file.ts';
import { assignments, dockerfiles } from '../../../files/container/read-dockerfile.ts';
import type { Subject } from '../../../subject/subject.ts';

const fix =
  'Hand it to the build by `RUN --mount=type=secret`, and to the program by the environment of the deployment; then revoke this one.';

export const check: Check = {
  id: 'server/docker-secrets',
  aspect: 'secrets/tree',
  title: 'No image has a secret in its variables.',
  why: 'Whoever can pull an image reads its variables and its build arguments.',
  weight: 'part',
  severity: 'high',
  cwe: [798, 522],
  asvs: ['13.3.1'],
  run: (subject) => [...ofDockerfiles(subject), ...ofCompose(subject)],
};

function ofDockerfiles(subject: Subject): readonly Outcome[] {
  return dockerfiles(subject).flatMap(({ path, stages }) =>
    stages.flatMap(({ instructions }) =>
      instructions.flatMap(({ name, text, line }) => {
        if (name !== 'ENV' && name !== 'ARG') return [];
        const pairs = assignments(text);
        const bare = name === 'ARG' && pairs.length === 0 ? /^\w+$/.exec(text)?.[0] : undefined;
        const secret = pairs.find(([key, value]) => isSecret(key, value));
        if (secret !== undefined)
          return [
            fail(
              `${secret[0]} is a secret in the image.`,
              [{ text: `${name} ${secret[0]}=...`, path, line }],
              fix,
            ),
          ];
        if (bare === undefined || secretKind(bare) === undefined) return [];
        return [
          unknown(
            `${bare} is handed to the build as an argument, which stays in the history of the image if a command uses it.`,
            fix,
            [{ text: `ARG ${bare}`, path, line }],
          ),
        ];
      }),
    ),
  );
}

function ofCompose(subject: Subject): readonly Outcome[] {
  return composeView(subject).services.flatMap(({ tree, path, name }) =>
    environmentOf(tree).flatMap(({ text, line }) => {
      const [, key = '', value = ''] = /^(\w+)\s*[=:]\s*(.*)$/.exec(text) ?? [];
      if (!isSecret(key, value)) return [];
      return [
        fail(
          `${key} of the service ${name} is a secret in a file.`,
          [{ text: `${key}=...`, path, line }],
          fix,
        ),
      ];
    }),
  );
}

function isSecret(key: string, value: string): boolean {
  const kind = secretKind(key);
  return kind !== undefined && !/[$<{]/.test(value) && looksSecret(value, kind);
}
