import type { Dicer } from '@fastify/busboy';
import { Misuse } from '../../refusal/misuse.ts';

let loading: Promise<typeof Dicer> | undefined;

/** The splitter of @fastify/busboy: the part of it that finds boundaries and headers. */
export function loadDicer(): Promise<typeof Dicer> {
  loading ??= import('@fastify/busboy').then(
    (library) => library.Dicer,
    (cause: unknown) => {
      throw new Misuse('upload/library-missing', 'It is @fastify/busboy.', { cause });
    },
  );
  return loading;
}
