import { expectCases } from '../../testing/expect-cases.ts';
import { secretsChecks } from './all.ts';

expectCases(secretsChecks, new URL('.', import.meta.url));
