import { configureEvents } from 'bulwark/event';
import { html, render } from 'bulwark/html';
import { type Case, literal, valuesOf } from './case.ts';

export interface Outcome {
  readonly code?: string;
  readonly markup?: string;
  readonly events: readonly string[];
}

/** Renders a case, and says how it was refused, or what came out. */
export async function outcomeOf(test: Case, values?: readonly unknown[]): Promise<Outcome> {
  const events: string[] = [];
  const recorder = configureEvents({
    sinks: [{ name: 'cases', write: (batch) => void events.push(...batch.map((event) => event.code)) }],
  });
  try {
    const markup = render(literal(test.template)(html as never, values ?? valuesOf(test)) as never);
    await recorder.flush();
    return { markup, events };
  } catch (error) {
    await recorder.flush();
    return { code: codeOf(error), events };
  } finally {
    await recorder.close();
  }
}

export function codeOf(error: unknown): string {
  const code = error !== null && typeof error === 'object' ? (error as { code?: unknown }).code : undefined;
  return typeof code === 'string' ? code : `no code: ${String(error)}`;
}
