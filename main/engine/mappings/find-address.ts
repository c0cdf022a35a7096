import type { Container } from '../../../shared/model/container.ts';
import type { Account } from '../../../shared/model/instance.ts';
import {
  type AddressForm,
  mappingsInEffect,
  mappingsOfNextRun,
  matchPastedAddress,
  ownerOf,
} from '../../../shared/platform-rules/index.ts';
import { fail, ok, type Result } from '../../../shared/result.ts';

/** Whose address was pasted. Errors: `not_signed_in`, `address_unknown`. */
export function findAddress(
  address: string,
  account: Account | undefined,
  containers: readonly Container[],
): Result<{
  readonly containerId: string;
  readonly port: number;
  readonly form: AddressForm;
  readonly mapped: boolean;
}> {
  if (account === undefined) return fail('not_signed_in');
  const found = matchPastedAddress(address, {
    instance: account.instance,
    user: ownerOf(account),
    containers: containers.map((container) => ({
      id: container.id,
      mappings: [...mappingsInEffect(container), ...mappingsOfNextRun(container)],
      ...(container.addresses === undefined ? {} : { addresses: container.addresses }),
    })),
  });
  if (found === undefined) return fail('address_unknown');
  const { containerId, port, form, mapping } = found;
  return ok({ containerId, port, form, mapped: mapping !== undefined });
}
