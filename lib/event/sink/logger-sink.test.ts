import { pino } from 'pino';
import { describe, expect, it } from 'vitest';
import { codes } from '../../refusal/codes.ts';
import { createRecorder } from '../recorder.ts';
import { loggerSink } from './logger-sink.ts';

async function logged(
  record: (log: ReturnType<typeof createRecorder>) => void,
  options: Parameters<typeof loggerSink>[1] = {},
): Promise<Record<string, unknown>[]> {
  const written: string[] = [];
  const logger = pino({}, { write: (line: string) => void written.push(line) });
  const recorder = createRecorder({ sinks: [loggerSink(logger, options)] });
  record(recorder);
  await recorder.close();
  return written
    .join('')
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line));
}

describe('loggerSink', () => {
  it('hands pino the event, the sentence of the catalogue, and a level by severity', async () => {
    const [line] = await logged((log) =>
      log.record('fetch/private-address', 'blocked', { host: 'intranet' }),
    );
    expect(line).toMatchObject({
      level: 40,
      msg: codes['fetch/private-address'].message,
      security: {
        code: 'fetch/private-address',
        action: 'blocked',
        count: 1,
        evidence: { host: 'intranet' },
      },
    });
  });

  it('hands it the fields of a shape instead', async () => {
    const [line] = await logged((log) => log.record('fetch/private-address', 'blocked', {}), {
      shape: ({ code }) => ({ rule: { id: code } }),
    });
    expect(line).toMatchObject({ level: 40, rule: { id: 'fetch/private-address' } });
    expect(line).not.toHaveProperty('security');
  });

  it('makes one line of an event, whatever the evidence holds', async () => {
    const host = 'x\r\n{"level":60,"msg":"forged"}\u2028\u001b[2J';
    const lines = await logged((log) => log.record('fetch/private-address', 'blocked', { host }));
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatchObject({
      security: { evidence: { host: 'x\\u000d\\u000a{"level":60,"msg":"forged"}\\u2028\\u001b[2J' } },
    });
  });
});
