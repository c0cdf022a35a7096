import type { AppError } from '../../../shared/result.ts';
import { Field } from '../../components/field.tsx';
import { Segmented } from '../../components/segmented.tsx';
import { useWords } from '../../words/use-words.ts';

type PlatformKind = 'openbayes' | 'hyperai' | 'private';

/** Which platform, as typed. */
export interface TypedPlatform {
  readonly instance: PlatformKind;
  readonly origin: string;
  readonly domain: string;
}

export const untypedPlatform: TypedPlatform = { instance: 'openbayes', origin: '', domain: '' };

/** As the contract takes it: origin and domain with a private one only. */
export const platformInput = ({ instance, origin, domain }: TypedPlatform) =>
  instance === 'private' ? { instance, origin, domain } : { instance };

/** Chooses the platform; a private one by its addresses. */
export function PlatformFields({
  typed,
  error,
  onChange,
}: {
  readonly typed: TypedPlatform;
  readonly error: AppError | undefined;
  readonly onChange: (typed: TypedPlatform) => void;
}) {
  const words = useWords();
  const { first } = words.texts;
  const sentenceAt = (field: string) =>
    error !== undefined && fieldOf(error, typed.instance) === field ? words.error(error) : undefined;
  return (
    <>
      <Segmented<PlatformKind>
        label={first.platform}
        value={typed.instance}
        onChange={(instance) => onChange({ ...typed, instance })}
        options={[
          { value: 'openbayes', text: first.openbayes },
          { value: 'hyperai', text: first.hyperai },
          { value: 'private', text: first.private },
        ]}
      />
      {typed.instance === 'private' && (
        <>
          <Field
            label={first.origin}
            hint={first.originHint}
            value={typed.origin}
            error={sentenceAt('origin')}
            onChange={(event) => onChange({ ...typed, origin: event.target.value })}
          />
          <Field
            label={first.domain}
            hint={first.domainHint}
            value={typed.domain}
            error={sentenceAt('domain')}
            onChange={(event) => onChange({ ...typed, domain: event.target.value })}
          />
        </>
      )}
    </>
  );
}

type SignInField = 'origin' | 'domain' | 'token' | 'password';

/** The field that an error is about; `undefined` where it is about none that is shown. */
export function fieldOf(error: AppError, instance: PlatformKind): SignInField | undefined {
  const field = (error.field as SignInField | undefined) ?? guess(error.code);
  if (field === 'token' || field === 'password') return field;
  return instance === 'private' ? field : undefined;
}

function guess(code: AppError['code']): SignInField | undefined {
  if (code.startsWith('token_') || code === 'forbidden') return 'token';
  if (code.startsWith('password_')) return 'password';
  if (code.startsWith('origin_') || code === 'platform_timeout') return 'origin';
  return code === 'domain_invalid' ? 'domain' : undefined;
}
