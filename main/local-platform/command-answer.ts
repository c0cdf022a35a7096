/** What a command in a sample container wrote, and how it ended. */
export interface CommandAnswer {
  readonly stdout: string;
  readonly stderr: string;
  readonly code: number;
}
