import type { Plain } from '../value.ts';
import { type Read, readValue } from './app-check.ts';
import type { PythonApp } from './find-apps.ts';

/** An argument of `tornado.web.Application(...)`. */
export function tornadoSetting({ object }: PythonApp, name: string, initial: Plain): Read {
  const { named, isOpen } = object.given;
  const value = named.get(name);
  if (value || !isOpen) return readValue(value, initial, object);
  return {
    plain: undefined,
    reason: 'the settings are computed',
    isSet: false,
    evidence: [{ ...object.spot }],
    variables: [],
  };
}
