/**
 * One form as clients sent it: a title, a picture, and in Chromium's form a file input where nothing was chosen. Recorded on Debian 13 in
 * December 2026 with write-recorded-bodies.ts.
 */
export interface RecordedBody {
  readonly client: string;
  readonly contentType: string;
  /** In base64. */
  readonly body: string;
}

export const recordedBodies: readonly RecordedBody[] = [
  {
    client: 'curl',
    contentType: 'multipart/form-data; boundary=------------------------wTwu6oHXd0SvwzcIDLfacC',
    body: 'LS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS13VHd1Nm9IWGQwU3Z3emNJRExmYWNDDQpDb250ZW50LURpc3Bvc2l0aW9uOiBmb3JtLWRhdGE7IG5hbWU9InRpdGxlIg0KDQpab8OrICYgImZyaWVuZHMiDQotLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLXdUd3U2b0hYZDBTdnd6Y0lETGZhY0MNCkNvbnRlbnQtRGlzcG9zaXRpb246IGZvcm0tZGF0YTsgbmFtZT0iZmlsZSI7IGZpbGVuYW1lPSJiw6RyICUyMjElMjIucG5nIg0KQ29udGVudC1UeXBlOiBpbWFnZS9wbmcNCg0KiVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg0KLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS13VHd1Nm9IWGQwU3Z3emNJRExmYWNDLS0NCg==',
  },
  {
    client: 'curl --form-escape',
    contentType: 'multipart/form-data; boundary=------------------------uZvqmN5gOhe9AfrZH5Spff',
    body: 'LS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS11WnZxbU41Z09oZTlBZnJaSDVTcGZmDQpDb250ZW50LURpc3Bvc2l0aW9uOiBmb3JtLWRhdGE7IG5hbWU9InRpdGxlIg0KDQpab8OrICYgImZyaWVuZHMiDQotLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLXVadnFtTjVnT2hlOUFmclpINVNwZmYNCkNvbnRlbnQtRGlzcG9zaXRpb246IGZvcm0tZGF0YTsgbmFtZT0iZmlsZSI7IGZpbGVuYW1lPSJiw6RyIFwiMVwiLnBuZyINCkNvbnRlbnQtVHlwZTogaW1hZ2UvcG5nDQoNColQTkcNChoKAAAADUlIRFIAAAABAAAAAQgGAAAAHxXEiQAAAA1JREFUeNpjZPjPUA8AA4YBgFo0fWsAAAAASUVORK5CYIINCi0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tLS0tdVp2cW1ONWdPaGU5QWZyWkg1U3BmZi0tDQo=',
  },
  {
    client: 'requests of Python',
    contentType: 'multipart/form-data; boundary=488be33a92a50784b9a07bf1c7a93e4e',
    body: 'LS00ODhiZTMzYTkyYTUwNzg0YjlhMDdiZjFjN2E5M2U0ZQ0KQ29udGVudC1EaXNwb3NpdGlvbjogZm9ybS1kYXRhOyBuYW1lPSJ0aXRsZSINCg0KWm/DqyAmICJmcmllbmRzIg0KLS00ODhiZTMzYTkyYTUwNzg0YjlhMDdiZjFjN2E5M2U0ZQ0KQ29udGVudC1EaXNwb3NpdGlvbjogZm9ybS1kYXRhOyBuYW1lPSJmaWxlIjsgZmlsZW5hbWU9ImLDpHIgJTIyMSUyMi5wbmciDQoNColQTkcNChoKAAAADUlIRFIAAAABAAAAAQgGAAAAHxXEiQAAAA1JREFUeNpjZPjPUA8AA4YBgFo0fWsAAAAASUVORK5CYIINCi0tNDg4YmUzM2E5MmE1MDc4NGI5YTA3YmYxYzdhOTNlNGUtLQ0K',
  },
  {
    client: 'fetch of Node',
    contentType: 'multipart/form-data; boundary=----formdata-undici-019538092217',
    body: 'LS0tLS0tZm9ybWRhdGEtdW5kaWNpLTAxOTUzODA5MjIxNw0KQ29udGVudC1EaXNwb3NpdGlvbjogZm9ybS1kYXRhOyBuYW1lPSJ0aXRsZSINCg0KWm/DqyAmICJmcmllbmRzIg0KLS0tLS0tZm9ybWRhdGEtdW5kaWNpLTAxOTUzODA5MjIxNw0KQ29udGVudC1EaXNwb3NpdGlvbjogZm9ybS1kYXRhOyBuYW1lPSJmaWxlIjsgZmlsZW5hbWU9ImLDpHIgJTIyMSUyMi5wbmciDQpDb250ZW50LVR5cGU6IGltYWdlL3BuZw0KDQqJUE5HDQoaCgAAAA1JSERSAAAAAQAAAAEIBgAAAB8VxIkAAAANSURBVHjaY2T4z1APAAOGAYBaNH1rAAAAAElFTkSuQmCCDQotLS0tLS1mb3JtZGF0YS11bmRpY2ktMDE5NTM4MDkyMjE3LS0NCg==',
  },
  {
    client: 'a form of Chromium',
    contentType: 'multipart/form-data; boundary=----WebKitFormBoundarybqwUi1beE6oAp19Z',
    body: 'LS0tLS0tV2ViS2l0Rm9ybUJvdW5kYXJ5YnF3VWkxYmVFNm9BcDE5Wg0KQ29udGVudC1EaXNwb3NpdGlvbjogZm9ybS1kYXRhOyBuYW1lPSJ0aXRsZSINCg0KWm/DqyAmICJmcmllbmRzIg0KLS0tLS0tV2ViS2l0Rm9ybUJvdW5kYXJ5YnF3VWkxYmVFNm9BcDE5Wg0KQ29udGVudC1EaXNwb3NpdGlvbjogZm9ybS1kYXRhOyBuYW1lPSJmaWxlIjsgZmlsZW5hbWU9ImLDpHIgJTIyMSUyMi5wbmciDQpDb250ZW50LVR5cGU6IGltYWdlL3BuZw0KDQqJUE5HDQoaCgAAAA1JSERSAAAAAQAAAAEIBgAAAB8VxIkAAAANSURBVHjaY2T4z1APAAOGAYBaNH1rAAAAAElFTkSuQmCCDQotLS0tLS1XZWJLaXRGb3JtQm91bmRhcnlicXdVaTFiZUU2b0FwMTlaDQpDb250ZW50LURpc3Bvc2l0aW9uOiBmb3JtLWRhdGE7IG5hbWU9ImVtcHR5IjsgZmlsZW5hbWU9IiINCkNvbnRlbnQtVHlwZTogYXBwbGljYXRpb24vb2N0ZXQtc3RyZWFtDQoNCg0KLS0tLS0tV2ViS2l0Rm9ybUJvdW5kYXJ5YnF3VWkxYmVFNm9BcDE5Wi0tDQo=',
  },
  {
    client: 'fetch of Chromium, a blob',
    contentType: 'multipart/form-data; boundary=----WebKitFormBoundarywFuBS6VKYFwEZFwW',
    body: 'LS0tLS0tV2ViS2l0Rm9ybUJvdW5kYXJ5d0Z1QlM2VktZRndFWkZ3Vw0KQ29udGVudC1EaXNwb3NpdGlvbjogZm9ybS1kYXRhOyBuYW1lPSJ0aXRsZSINCg0KWm/DqyAmICJmcmllbmRzIg0KLS0tLS0tV2ViS2l0Rm9ybUJvdW5kYXJ5d0Z1QlM2VktZRndFWkZ3Vw0KQ29udGVudC1EaXNwb3NpdGlvbjogZm9ybS1kYXRhOyBuYW1lPSJmaWxlIjsgZmlsZW5hbWU9ImJsb2IiDQpDb250ZW50LVR5cGU6IGltYWdlL3BuZw0KDQqJUE5HDQoaCgAAAA1JSERSAAAAAQAAAAEIBgAAAB8VxIkAAAANSURBVHjaY2T4z1APAAOGAYBaNH1rAAAAAElFTkSuQmCCDQotLS0tLS1XZWJLaXRGb3JtQm91bmRhcnl3RnVCUzZWS1lGd0VaRndXLS0NCg==',
  },
];
