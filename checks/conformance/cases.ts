import type { Case } from './case.ts';
import { contextCases } from './cases/context.ts';
import { errorCases } from './cases/errors.ts';
import { headerCases } from './cases/headers.ts';
import { nonceCases } from './cases/nonces.ts';

export const cases: readonly Case[] = [...headerCases, ...nonceCases, ...errorCases, ...contextCases];
