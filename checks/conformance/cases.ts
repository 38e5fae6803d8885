import type { Case } from './case.ts';
import { abortCases } from './cases/aborts.ts';
import { bodyCases } from './cases/bodies.ts';
import { contextCases } from './cases/context.ts';
import { cookieCases } from './cases/cookies.ts';
import { corsCases } from './cases/cors.ts';
import { csrfCases } from './cases/csrf.ts';
import { errorCases } from './cases/errors.ts';
import { fileCases } from './cases/files.ts';
import { forgedCases } from './cases/forged.ts';
import { framingCases } from './cases/framing.ts';
import { headerCases } from './cases/headers.ts';
import { httpCases } from './cases/http.ts';
import { http2Cases } from './cases/http2.ts';
import { limitCases } from './cases/limits.ts';
import { malformedCases } from './cases/malformed.ts';
import { nonceCases } from './cases/nonces.ts';
import { policyCases } from './cases/policies.ts';
import { proxyCases } from './cases/proxies.ts';
import { sessionCases } from './cases/sessions.ts';
import { targetCases } from './cases/targets.ts';

export const cases: readonly Case[] = [
  ...[...headerCases, ...nonceCases, ...policyCases],
  ...[...errorCases, ...contextCases, ...abortCases],
  ...[
    ...sessionCases,
    ...cookieCases,
    ...csrfCases,
    ...corsCases,
    ...limitCases,
    ...proxyCases,
    ...forgedCases,
  ],
  ...[
    ...bodyCases,
    ...fileCases,
    ...targetCases,
    ...malformedCases,
    ...httpCases,
    ...framingCases,
    ...http2Cases,
  ],
];
