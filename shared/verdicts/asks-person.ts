import type { ErrorCode } from '../errors.ts';
import type { AppError } from '../result.ts';

const asking: ReadonlySet<ErrorCode> = new Set([
  'ssh_host_key_unknown',
  'ssh_password_needed',
  'ssh_passphrase_needed',
]);

/** Nothing is broken: it goes on as soon as a person has said something for the first time. */
export const asksPerson = ({ code }: AppError): boolean => asking.has(code);
