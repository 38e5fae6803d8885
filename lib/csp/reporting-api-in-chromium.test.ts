import { once } from 'node:events';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import express from 'express';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeCertificate } from '../../checks/machine/certificate.ts';
import { launchChromium } from '../../checks/machine/chromium.ts';
import { missing } from '../../checks/machine/missing.ts';
import { configureEvents } from '../event/index.ts';
import { bulwark, cspReportHandler } from '../express/index.ts';
import { cspReportEndpoint } from './index.ts';

const reason = missing('chromium');

/** Chromium sends such reports over https alone, to a certificate that it trusts, and in batches. */
describe.skipIf(reason)(`the Reporting API in Chromium${reason ? `: ${reason}` : ''}`, () => {
  const certificate = makeCertificate(['localhost']);
  const endpoint = cspReportEndpoint();
  const types: (string | undefined)[] = [];
  let server: Server;

  beforeAll(async () => {
    configureEvents({ sinks: [] });
    const app = express();
    app.use(bulwark({ csp: { reportTo: '/csp-reports' } }));
    app.use('/csp-reports', (req, _res, next) => {
      types.push(req.headers['content-type']);
      next();
    });
    app.use('/csp-reports', cspReportHandler(endpoint));
    app.get('/', (_req, res) => void res.send('<!doctype html><title>x</title><script>alert(1)</script>'));
    server = createServer({ key: certificate.key, cert: certificate.cert }, app).listen(0, '127.0.0.1');
    await once(server, 'listening');
  });
  afterAll(() => {
    server.close();
    server.closeAllConnections();
    certificate.remove();
  });

  it('delivers what a page did against its policy to the endpoint', async () => {
    const browser = await launchChromium(['--short-reporting-delay', '--ignore-certificate-errors']);
    try {
      const page = await (await browser.newContext({ ignoreHTTPSErrors: true })).newPage();
      await page.goto(`https://localhost:${(server.address() as AddressInfo).port}/?token=secret`);
      await expect
        .poll(() => endpoint.violations(), { timeout: 20_000 })
        .toEqual([expect.objectContaining({ directive: 'script-src-elem', blocked: 'inline' })]);
      expect(types[0]).toBe('application/reports+json');
      expect(JSON.stringify(endpoint.violations())).not.toContain('secret');
    } finally {
      await browser.close();
    }
  });
});
