import { expect, it } from 'vitest';
import { configureEvents } from '../../lib/event/index.ts';
import { missing } from '../machine/missing.ts';
import { fuzzInChromium } from './fuzz-in-chromium.ts';

const reason = missing('chromium');

it.skipIf(reason)(
  `Chromium reads what the sanitiser wrote${reason ? `: ${reason}` : ''}`,
  async () => {
    configureEvents({ sinks: [] });
    expect(await fuzzInChromium(4_000, 1)).toEqual([]);
  },
  120_000,
);
