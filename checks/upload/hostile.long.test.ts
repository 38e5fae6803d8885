import { describe, expect, it } from 'vitest';
import { attack } from './hostile-attack.ts';

const count = 10_000;

describe(`${count.toLocaleString('en')} hostile bodies on sockets`, () => {
  it('bulwark answers each, leaves no file, and stays below 200 MB', async () => {
    const report = await attack('bulwark', count);
    console.log('bulwark', JSON.stringify(report));
    expect(report).toMatchObject({ left: 0, crashes: 0, hung: [] });
    expect(report.peakMb).toBeLessThan(200);
    // Some of the bodies are valid after all, and pass.
    expect(report.answers['200']).toBeGreaterThan(0);
    expect(report.answers['500']).toBeUndefined();
  }, 600_000);

  it.each(['multer', 'formidable'])(
    '%s gets the same requests, as the control',
    async (library) => {
      const report = await attack(library, count);
      console.log(library, JSON.stringify({ ...report, hung: report.hung.length }));
      const answered = Object.values(report.answers).reduce((sum, one) => sum + one, 0);
      expect(answered).toBeGreaterThan(count - 32 * (report.crashes + 1));
    },
    900_000,
  );
});
