/** What a person can put right: said in two lines, without a stack. */
export class CommandError extends Error {
  /**
   * @param {string} message what is wrong
   * @param {string} fix what to do about it
   */
  constructor(message, fix) {
    super(message);
    this.name = "CommandError";
    this.fix = fix;
  }
}

/**
 * By name, because a bundled command has a copy of the class.
 * @param {unknown} error
 * @returns {error is CommandError}
 */
export function isCommandError(error) {
  return error instanceof Error && error.name === "CommandError" && "fix" in error;
}
