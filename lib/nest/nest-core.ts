import type * as Core from '@nestjs/core';
import { Misuse } from '../refusal/misuse.ts';

/** What is needed of @nestjs/core, which only an application of Nest has. */
export type NestCore = Pick<typeof Core, 'ApplicationConfig' | 'HttpAdapterHost' | 'ModulesContainer'>;

/** @throws Misuse `bulwark/invalid-option` where it is not installed */
export async function nestCore(): Promise<NestCore> {
  try {
    return await import('@nestjs/core');
  } catch (cause) {
    throw new Misuse('bulwark/invalid-option', 'bulwark/nest needs @nestjs/core.', {
      cause,
      hint: 'Run `npm install @nestjs/core` in the application that imports BulwarkModule.',
    });
  }
}
