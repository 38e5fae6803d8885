import { type Given, type Mistake, wrong } from './mistake.ts';

export type Labels = Readonly<Record<string, string>>;

/** The grammars of Kubernetes: labels, and names of RFC 1123. */
const part = /^[A-Za-z0-9](?:[A-Za-z0-9_.-]{0,61}[A-Za-z0-9])?$/;
const dnsLabel = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/** `KEY=VALUE[,KEY=VALUE]`, at least one, as a selector without labels means all pods. @throws {Mistake} */
export function parseLabels(text: string, given: Given): Labels {
  const labels = new Map<string, string>();
  for (const pair of text.split(',')) {
    const [key = '', value, ...more] = pair.split('=');
    const slash = key.indexOf('/');
    const prefix = slash === -1 ? undefined : key.slice(0, slash);
    const fits =
      value !== undefined &&
      more.length === 0 &&
      part.test(key.slice(slash + 1)) &&
      (value === '' || part.test(value)) &&
      (prefix === undefined ||
        (prefix.length <= 253 && prefix.split('.').every((word) => dnsLabel.test(word))));
    if (!fits || labels.has(key)) throw notLabels(given);
    labels.set(key, value);
  }
  // In one order, so that the same pods always make the same policy.
  return Object.fromEntries([...labels].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** @throws {Mistake} */
export function parseNamespace(text: string, given: Given): string {
  if (dnsLabel.test(text)) return text;
  throw wrong(
    'egress/labels',
    given,
    'names no namespace',
    'An invalid name would select nothing, and leave the pods unrestricted.',
    'Use lower-case letters, digits and hyphens, at most 63 characters.',
  );
}

/** Whether a pod with exactly the labels `pod` is selected by `selector`. */
export function selects(selector: Labels, pod: Labels): boolean {
  return Object.entries(selector).every(([key, value]) => Object.hasOwn(pod, key) && pod[key] === value);
}

function notLabels(given: Given): Mistake {
  return wrong(
    'egress/labels',
    given,
    'is no list of labels',
    'An invalid or misread selector would leave the pods unrestricted.',
    'Write KEY=VALUE, with commas between several: app.kubernetes.io/name=shop,tier=web.',
  );
}
