import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Diagnosis } from '../../cli/doctor/diagnosis.ts';
import { runDoctor } from '../../cli/doctor/run-doctor.ts';
import { configureEvents } from '../../lib/event/index.ts';
import { makeCertificate } from '../machine/certificate.ts';
import { missing } from '../machine/missing.ts';
import type { Cell } from './cells.ts';
import { type Laid, layOut, repairedCell } from './lay-out.ts';

/** Tests the doctor behind real proxies: the diagnosis of each setup, and that its fixes work where something is wrong. */
export function describeMatrix(cells: readonly Cell[], framework: 'express' | 'node'): void {
  const reason = missing('nginx');
  configureEvents({ sinks: [] });
  describe.skipIf(reason)(`the doctor behind nginx, on ${framework}${reason ? `: ${reason}` : ''}`, () => {
    const printed: string[] = [];
    let certificate: ReturnType<typeof makeCertificate>;
    let files: { key: string; certificate: string };
    let laid: Laid;

    beforeAll(async () => {
      vi.stubEnv('BULWARK_DOCTOR', '1');
      vi.spyOn(console, 'error').mockImplementation((text) => void printed.push(String(text)));
      certificate = makeCertificate(['127.0.0.1', 'localhost']);
      const key = join(certificate.file, '../key.pem');
      files = { key, certificate: certificate.file };
      writeFileSync(key, certificate.key, { mode: 0o600 });
      laid = await layOut(cells, files, framework);
    }, 30_000);

    afterAll(async () => {
      await laid?.close();
      certificate?.remove();
      vi.unstubAllEnvs();
      vi.restoreAllMocks();
    });

    async function diagnose(url: string): Promise<readonly Diagnosis[]> {
      const token = await vi.waitFor(() => {
        const found = /BULWARK_DOCTOR_TOKEN=(\S+)/.exec(printed.at(-1) ?? '')?.[1];
        if (found === undefined) throw new Error('no token yet');
        return found;
      });
      const options = { target: url, format: 'json', paths: [], tokenFile: undefined, ca: certificate.file };
      const { text } = await runDoctor(options, { BULWARK_DOCTOR_TOKEN: token });
      return (JSON.parse(text) as { diagnoses: Diagnosis[] }).diagnoses;
    }

    const idsOf = (diagnoses: readonly Diagnosis[]): string[] =>
      diagnoses.filter(({ verdict }) => verdict === 'wrong').map(({ id }) => id);

    it.each(cells.map((cell) => [cell.name, cell] as const))('%s', async (_name, cell) => {
      const found = await diagnose(laid.urls.get(cell) ?? '');
      expect(idsOf(found).sort(), JSON.stringify(found, null, 1)).toEqual([...cell.wrong].sort());
      for (const { verdict, fix, evidence } of found) {
        if (verdict === 'wrong') expect([fix.length, evidence.length]).not.toContain(0);
      }
    });

    it('finds nothing wrong once its fixes are applied', { timeout: 60_000 }, async () => {
      const broken = cells.filter(({ wrong }) => wrong.length > 0);
      const repaired: Cell[] = [];
      for (const cell of broken) repaired.push(repairedCell(cell, await diagnose(laid.urls.get(cell) ?? '')));
      const again = await layOut(repaired, files, framework);
      try {
        for (const cell of repaired) {
          const found = await diagnose(again.urls.get(cell) ?? '');
          expect(idsOf(found), `${cell.name}: ${JSON.stringify(found, null, 1)}`).toEqual([]);
        }
      } finally {
        await again.close();
      }
    });
  });
}
