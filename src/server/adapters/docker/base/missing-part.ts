/** Something this machine lacks for assembling a base image; `fix` says what to install. */
export class MissingPart extends Error {
  readonly fix: string;

  constructor(message: string, fix: string) {
    super(message);
    this.fix = fix;
  }
}
