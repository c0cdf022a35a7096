// @ts-check

/** A step that cannot go on, for a reason that a person can act on. Its message is all that is printed. */
export class StepFailed extends Error {
  /**
   * @param {string} message
   * @param {number} [status] the exit status to end with
   */
  constructor(message, status = 1) {
    super(message);
    this.name = 'StepFailed';
    this.status = status;
  }
}
