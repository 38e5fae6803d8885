import { hostileTexts } from './hostile-texts.ts';
import { writtenTests } from './written-tests.ts';

writtenTests(hostileTexts(200));
