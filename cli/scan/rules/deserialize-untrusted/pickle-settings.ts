import { constText } from '../../dataflow/domain/abstract.ts';
import type { UseReport } from '../kit/rule.ts';
import { settingsOf } from '../kit/settings.ts';
import { known, type Use } from '../kit/use.ts';
import { isForDevelopment } from '../kit/web/development-settings.ts';

/** Settings that choose the format of messages and sessions: of Django, Celery, Kombu and Flask-Session. */
const reading =
  /^(?:SESSION_SERIALIZER|SESSION_SERIALIZATION_FORMAT|(?:CELERY_)?(?:TASK_|RESULT_|EVENT_)?(?:ACCEPT_CONTENT|SERIALIZER))$/i;

export const pickleSettings: RegExp = reading;

/**
 * Reports a setting that stores sessions or messages in pickle format. Whoever can write to that store, or knows the key of
 * signed cookies, can run code.
 */
export function pickleSetting(use: Use): UseReport | undefined {
  if (!use.language.settingsAreVariables || isForDevelopment(use)) return undefined;
  for (const { name, value, how } of settingsOf(use)) {
    if (!reading.test(name)) continue;
    const it = known(use, value);
    const texts = [constText(it), ...[...(it?.fields?.values() ?? [])].map((one) => constText(one))];
    if (!texts.some((text) => text !== undefined && pickles.test(text))) continue;
    const isSession = name.startsWith('SESSION');
    return {
      message: isSession ? 'Sessions are read with pickle.' : 'Messages are read with pickle.',
      confidence: 'medium',
      advice: isSession ? sessions : messages,
      ...(how === 'variable' ? {} : { value }),
    };
  }
  return undefined;
}

const pickles = /(?:^|\.)PickleSerializer$|^(?:application\/x-python-serialize|pickle|yaml)$/;
const sessions = 'Use `django.contrib.sessions.serializers.JSONSerializer`, which is the default.';
const messages = 'Accept JSON only: `accept_content = ["json"]`, `task_serializer = "json"`.';
