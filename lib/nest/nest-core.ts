import type * as Core from '@nestjs/core';
import { installed } from '../internal/installed.ts';
import { Misuse } from '../refusal/misuse.ts';

/** What is needed of @nestjs/core, which only an application of Nest has. */
export type NestCore = Pick<typeof Core, 'ApplicationConfig' | 'HttpAdapterHost' | 'ModulesContainer'>;

/** @throws Misuse `bulwark/invalid-option` where it is not installed */
export async function nestCore(): Promise<NestCore> {
  try {
    return installed(await import('@nestjs/core'), 'ApplicationConfig');
  } catch (cause) {
    throw new Misuse('bulwark/invalid-option', 'bulwark/nest needs @nestjs/core.', {
      cause,
      hint: 'Run `npm install @nestjs/core` in the application that imports BulwarkModule.',
    });
  }
}
