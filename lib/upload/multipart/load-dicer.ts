import type { Dicer } from '@fastify/busboy';
import { installed } from '../../internal/installed.ts';
import { Misuse } from '../../refusal/misuse.ts';

let loading: Promise<typeof Dicer> | undefined;

/** The splitter of @fastify/busboy: the part of it that finds boundaries and headers. */
export function loadDicer(): Promise<typeof Dicer> {
  loading ??= load();
  return loading;
}

/** Inside `try`, bundlers accept that the package is absent. */
async function load(): Promise<typeof Dicer> {
  try {
    return installed(await import('@fastify/busboy'), 'Dicer').Dicer;
  } catch (cause) {
    throw new Misuse('upload/library-missing', 'It is @fastify/busboy.', { cause });
  }
}
