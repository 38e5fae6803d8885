import { expectCases } from '../../testing/expect-cases.ts';
import { djangoChecks } from './all.ts';

expectCases(djangoChecks, new URL('.', import.meta.url));
