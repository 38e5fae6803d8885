/**
 * Looks at what each Dockerfile takes from others: the images that it builds on, and files that `ADD` fetches.
 *
 * ## Why
 * A tag can be moved to another image, and a file behind an address can change. A digest and a checksum can't.
 *
 * ## Passes
 * Each image is named by its digest, and each `ADD` of an address has a `--checksum`.
 *
 * ## Fails
 * An image is named without a tag or as `latest`, or an `ADD` of an address has no checksum.
 *
 * ## Unknown
 * An image is named by a tag, or by a variable.
 *
 * ## How to fix
 * ```text
 * FROM node:22-slim@sha256:...
 * ADD --checksum=sha256:... https://example.com/tool.tar.gz /opt/
 * ```
 * Dependabot and Renovate update the digest.
 */
import type { Check } from '../../../check/check.ts';
import { fail, type Outcome, pass, unknown } from '../../../check/outcome.ts';
import { type Dockerfile, dockerfiles } from '../../../files/container/read-dockerfile.ts';

const fix =
  'Name each image by its digest: `FROM node:22-slim@sha256:...`, and give each ADD of an address a `--checksum`.';

export const check: Check = {
  id: 'server/docker-images',
  aspect: 'server/hardening',
  title: 'Images are named by their digest, and what is added by its checksum.',
  why: 'A tag can be moved to another image.',
  weight: 'note',
  severity: 'low',
  cwe: [829, 494],
  asvs: [],
  run: (subject) => dockerfiles(subject).flatMap(judge),
};

function judge({ path, stages }: Dockerfile): readonly Outcome[] {
  const names = stages.flatMap(({ name }) => name?.toLowerCase() ?? []);
  const bases = stages.filter(({ base }) => base !== 'scratch' && !names.includes(base.toLowerCase()));
  const added = stages
    .flatMap(({ instructions }) => instructions)
    .filter(({ name, text }) => name === 'ADD' && /(^|\s)https?:\/\//.test(text));
  return [
    ...bases.map(({ base, line }): Outcome => {
      const evidence = [{ text: `FROM ${base}`.slice(0, 200), path, line }];
      if (/@sha256:[0-9a-f]{64}$/.test(base)) return pass('An image is named by its digest.', evidence);
      if (base.includes('$')) return unknown('An image is named by a variable.', fix, evidence);
      if (/:latest$|^[^:]*$|\/[^/:]*$/.test(base))
        return fail('An image is named without a version.', evidence, fix);
      return unknown('An image is named by a tag, which can be moved.', fix, evidence);
    }),
    ...added.map(({ text, line }): Outcome => {
      const evidence = [{ text: `ADD ${text}`.slice(0, 200), path, line }];
      return /--checksum=/.test(text)
        ? pass('What is added has a checksum.', evidence)
        : fail('A file is added from an address without a checksum.', evidence, fix);
    }),
  ];
}
