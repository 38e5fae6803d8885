import { expectCases } from '../../testing/expect-cases.ts';
import { codeChecks } from './all.ts';

expectCases(codeChecks, new URL('.', import.meta.url));
