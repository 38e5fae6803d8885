import { Get, Post } from '@nestjs/common';
import { describe, expect, it } from 'vitest';
import { controller } from '../../checks/nest/controller.ts';
import { nestApp } from '../../checks/nest/nest-app.ts';
import { BulwarkModule, RouteCors } from './index.ts';

describe('the routes of bulwark/nest over express that share a path', () => {
  it('answer preflights of their own method only', async () => {
    const options = { origins: ['https://app.example'] };
    const both = controller({
      read: [
        [Get('both'), RouteCors({ origins: ['https://app.example', 'https://reader.example'] })],
        () => 'x',
      ],
      write: [[Post('both'), RouteCors({ ...options, methods: ['POST'] })], () => 'x'],
    });
    const app = await nestApp('express', { imports: [BulwarkModule.forRoot()], controllers: [both] });
    const allowed = async (origin: string, method: string): Promise<string | null> => {
      const headers = {
        origin,
        'access-control-request-method': method,
        'access-control-request-headers': 'x-a',
      };
      return (await fetch(`${app.url}/both`, { method: 'OPTIONS', headers })).headers.get(
        'access-control-allow-origin',
      );
    };
    expect(await allowed('https://reader.example', 'GET')).toBe('https://reader.example');
    expect(await allowed('https://app.example', 'POST')).toBe('https://app.example');
    expect(await allowed('https://reader.example', 'POST')).toBeNull();
    await app.close();
  });

  it('allow nothing for a method whose route shares nothing', async () => {
    const half = controller({
      read: [
        [Get('half'), RouteCors({ origins: ['https://app.example'], methods: ['GET', 'POST'] })],
        () => 'x',
      ],
      write: [[Post('half')], () => 'x'],
    });
    const app = await nestApp('express', { imports: [BulwarkModule.forRoot()], controllers: [half] });
    const allowed = async (method: string): Promise<string | null> => {
      const headers = {
        ...{ origin: 'https://app.example', 'access-control-request-method': method },
        'access-control-request-headers': 'x-a',
      };
      const { headers: own } = await fetch(`${app.url}/half`, { method: 'OPTIONS', headers });
      return own.get('access-control-allow-origin');
    };
    expect([await allowed('GET'), await allowed('POST')]).toEqual(['https://app.example', null]);
    await app.close();
  });
});
