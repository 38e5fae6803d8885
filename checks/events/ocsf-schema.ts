/**
 * What of OCSF 1.7.0 an event can have, as JSON Schema: class 2004 (detection_finding) with the profile security_control,
 * and the objects in it. An attribute that is not here is not known to be one, and refused.
 *
 * Source: https://schema.ocsf.io/1.7.0/classes/detection_finding, as github.com/mcm/typescript-ocsf (Apache-2.0) generates
 * it from the server's export, src/v1_7; the profile by github.com/ocsf/ocsf-schema, profiles/security_control.json. Transcribed by
 * hand, and in parts (the objects user, url and network_endpoint, the captions of dispositions) from the server's pages.
 */
const text = { type: 'string' };
const whole = { type: 'integer' };
const oneOf = (...values: readonly number[]): object => ({ type: 'integer', enum: values });

/** With captions: the sibling of an id has the caption of its value. */
function object(properties: object, required: readonly string[] = [], more: object = {}): object {
  return { type: 'object', properties, required, additionalProperties: false, ...more };
}

const url = object({
  path: text,
  url_string: text,
  hostname: text,
  port: whole,
  scheme: text,
  query_string: text,
});
const httpRequest = object({
  uid: text,
  http_method: text,
  url,
  user_agent: text,
  referrer: text,
  version: text,
});
const endpoint = object({
  ip: { type: 'string', anyOf: [{ format: 'ipv4' }, { format: 'ipv6' }] },
  hostname: text,
});
const user = object({ name: text, uid: text }, [], { minProperties: 1 });
const product = object({ name: text, vendor_name: text, uid: text, version: text, lang: text }, [
  'vendor_name',
]);
const evidence = object(
  {
    actor: object({ user }),
    src_endpoint: endpoint,
    http_request: httpRequest,
    data: { type: 'object' },
    user,
    url,
  },
  [],
  { minProperties: 1 },
);
const analytic = object(
  {
    ...{ uid: text, name: text, category: text, desc: text, version: text, type: text },
    type_id: oneOf(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 99),
  },
  ['type_id'],
);
const findingInfo = object(
  {
    uid: text,
    title: text,
    desc: text,
    created_time: whole,
    types: { type: 'array', items: text },
    analytic,
    product,
  },
  ['uid'],
);
const metadata = object(
  {
    ...{ uid: text, event_code: text, correlation_uid: text, product },
    profiles: { type: 'array', items: { enum: ['security_control'] } },
    version: { const: '1.7.0' },
  },
  ['product', 'version'],
);

/** The pairs of a value and its caption. */
const captions: readonly [id: string, name: string, captions: Readonly<Record<number, string>>][] = [
  ['activity_id', 'activity_name', { 1: 'Create', 2: 'Update', 3: 'Close' }],
  [
    'severity_id',
    'severity',
    { 1: 'Informational', 2: 'Low', 3: 'Medium', 4: 'High', 5: 'Critical', 6: 'Fatal' },
  ],
  ['status_id', 'status', { 1: 'New', 2: 'In Progress', 3: 'Suppressed', 4: 'Resolved', 5: 'Archived' }],
  ['action_id', 'action', { 1: 'Allowed', 2: 'Denied' }],
  [
    'disposition_id',
    'disposition',
    { 1: 'Allowed', 2: 'Blocked', 15: 'Detected', 17: 'Logged', 19: 'Alert' },
  ],
];

export const ocsfSchema: object = object(
  {
    category_uid: { const: 2 },
    category_name: { const: 'Findings' },
    class_uid: { const: 2004 },
    class_name: { const: 'Detection Finding' },
    type_uid: { const: 2004 * 100 + 1 },
    type_name: { const: 'Detection Finding: Create' },
    ...{
      time: whole,
      start_time: whole,
      end_time: whole,
      count: whole,
      message: text,
      is_alert: { type: 'boolean' },
    },
    ...{
      metadata,
      finding_info: findingInfo,
      evidences: { type: 'array', items: evidence },
      unmapped: { type: 'object' },
    },
    ...Object.fromEntries(
      captions.flatMap(([id, name, values]) => [
        [id, oneOf(...Object.keys(values).map(Number))],
        [name, text],
      ]),
    ),
  },
  ['activity_id', 'category_uid', 'class_uid', 'finding_info', 'metadata', 'severity_id', 'time', 'type_uid'],
  {
    allOf: captions.flatMap(([id, name, values]) =>
      Object.entries(values).map(([value, caption]) => ({
        if: { properties: { [id]: { const: Number(value) } }, required: [id] },
        // biome-ignore lint/suspicious/noThenProperty: a word of JSON Schema
        then: { properties: { [name]: { const: caption } } },
      })),
    ),
  },
);
