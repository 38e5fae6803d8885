/** Something that a visitor asked for and cannot have; the page says it as it stands here. */
export class LabError extends Error {
  readonly status: number;

  constructor(status: 400 | 403 | 404 | 503, message: string) {
    super(message);
    this.status = status;
  }
}
