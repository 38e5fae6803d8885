import { createSocket } from 'node:dgram';
import { createServer, type Server } from 'node:http';
import { networkInterfaces } from 'node:os';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchChromium } from './chromium.ts';
import { missing } from './missing.ts';

const reason = missing('chromium');
/** An address of this machine that is not loopback: what is sent to it does not leave the machine either. */
const outside = Object.values(networkInterfaces())
  .flatMap((addresses) => addresses ?? [])
  .find(({ internal, family }) => !internal && family === 'IPv4')?.address;
const noOutside = outside === undefined ? ': this machine has no address but loopback' : '';

describe.skipIf(reason)(`the test browser${reason ? `: ${reason}` : ''}`, () => {
  let browser: Browser;
  let server: Server;
  let port = 0;
  const hosts: string[] = [];

  beforeAll(async () => {
    browser = await launchChromium();
    server = createServer((req, res) => {
      hosts.push(req.headers.host ?? '');
      res.setHeader('content-type', 'text/html').end('<title>reached</title>');
    });
    await new Promise<void>((resolve) => server.listen(0, '::', resolve));
    port = (server.address() as { port: number }).port;
  });

  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  it.each(['127.0.0.1', 'localhost', 'other.localhost', '[::1]'])('reaches %s', async (host) => {
    const page = await browser.newPage();
    await page.goto(`http://${host}:${port}/`);
    expect(await page.title()).toBe('reached');
    await page.close();
  });

  it.each([
    'http://example.com/',
    'https://example.com/',
    'http://192.0.2.1/',
    'http://169.254.169.254/',
    'http://[2001:db8::1]/',
  ])('does not reach %s', async (url) => {
    const page = await browser.newPage();
    await expect(page.goto(url)).rejects.toThrow(/net::ERR_/);
    await page.close();
  });

  it.skipIf(noOutside)(`does not reach an address that would answer${noOutside}`, async () => {
    hosts.length = 0;
    const answer = await fetch(`http://${outside}:${port}/`);
    expect(await answer.text()).toContain('reached');
    expect(hosts).toHaveLength(1);
    const page = await browser.newPage();
    await expect(page.goto(`http://${outside}:${port}/`)).rejects.toThrow(/net::ERR_/);
    await page.close();
    expect(hosts).toHaveLength(1);
  });

  it.skipIf(noOutside)(`sends no WebRTC packet${noOutside}`, async () => {
    const stun = createSocket('udp4');
    let packets = 0;
    stun.on('message', () => {
      packets += 1;
    });
    await new Promise<void>((resolve) => stun.bind(0, outside, resolve));
    const page = await browser.newPage();
    await page.goto(`http://127.0.0.1:${port}/`);
    const state = await page.evaluate(async (url): Promise<string> => {
      const connection = new RTCPeerConnection({ iceServers: [{ urls: url }] });
      connection.createDataChannel('probe');
      await connection.setLocalDescription(await connection.createOffer());
      while (connection.iceGatheringState !== 'complete') await new Promise((next) => setTimeout(next, 20));
      return connection.iceGatheringState;
    }, `stun:${outside}:${stun.address().port}`);
    await page.close();
    stun.close();
    expect({ state, packets }).toEqual({ state: 'complete', packets: 0 });
  });
});
