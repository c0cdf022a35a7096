import { type ReactNode, useState } from 'react';
import type { Connection, ConnectionNeed } from '../../../shared/model/connection.ts';
import { Button } from '../../components/button.tsx';
import { Field } from '../../components/field.tsx';
import { Notice } from '../../components/notice.tsx';
import { Switch } from '../../components/switch.tsx';
import { useShell } from '../../store/context.ts';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import css from './connections.module.css';

/** What keeps a connection from standing until the person has said something, and where they say it. */
export function ConnectionNeedForm({
  connection,
  need,
}: {
  readonly connection: Connection;
  readonly need: ConnectionNeed;
}) {
  switch (need.kind) {
    case 'hostKey':
    case 'changedKey':
      return <HostKey connection={connection} need={need} />;
    case 'password':
    case 'passphrase':
      return <SecretForm connection={connection} need={need} />;
    case 'questions':
      return <Questions connection={connection} need={need} />;
    default:
      return need satisfies never;
  }
}

function HostKey({
  connection: { id, host },
  need,
}: {
  readonly connection: Connection;
  readonly need: Extract<ConnectionNeed, { kind: 'hostKey' | 'changedKey' }>;
}) {
  const words = useWords();
  const { connections: said } = words.texts;
  const accept = useAction('connections.acceptKey');
  const isNew = need.kind === 'hostKey';
  const fingerprint = isNew ? need.fingerprint : need.got;
  const rows: readonly (readonly [ReactNode, string])[] = isNew
    ? [[need.algorithm, need.fingerprint]]
    : [
        [said.keyBefore, need.expected],
        [said.keyNow, need.got],
      ];
  return (
    <Notice
      tone={isNew ? 'info' : 'down'}
      live
      actions={
        <Button
          look={isNew ? 'plain' : 'danger'}
          busy={accept.running}
          onClick={() => void accept.run({ id, fingerprint })}
        >
          {isNew ? said.acceptKey : said.acceptChanged}
        </Button>
      }
    >
      {words.say(isNew ? said.hostKey : said.changedKey, { host })}
      <dl className={css.keys}>
        {rows.map(([name, key]) => (
          <div key={key}>
            <dt>{name}</dt>
            <dd>
              <code>{key}</code>
            </dd>
          </div>
        ))}
      </dl>
    </Notice>
  );
}

function SecretForm({
  connection: { id, user, host },
  need,
}: {
  readonly connection: Connection;
  readonly need: Extract<ConnectionNeed, { kind: 'password' | 'passphrase' }>;
}) {
  const words = useWords();
  const { connections: said } = words.texts;
  const give = useAction('connections.giveSecret');
  const hasKeychain = useShell((shell) => shell.secrets === 'keychain');
  const [secret, setSecret] = useState('');
  const [keep, setKeep] = useState(false);
  const refused =
    need.kind === 'password' ? said.passwordRefused : words.error({ code: 'ssh_passphrase_wrong' });
  return (
    <form
      className={css.need}
      onSubmit={(event) => {
        event.preventDefault();
        setSecret('');
        void give.run({ id, secret, keep });
      }}
    >
      <Field
        label={
          need.kind === 'password' ? words.say(said.password, { user: `${user}@${host}` }) : said.passphrase
        }
        type="password"
        value={secret}
        onChange={(event) => setSecret(event.target.value)}
        error={need.refused && secret === '' ? refused : undefined}
      />
      {hasKeychain && <Switch label={said.keep} checked={keep} onChange={setKeep} />}
      <Button type="submit" busy={give.running} disabled={secret === ''}>
        {said.give}
      </Button>
    </form>
  );
}

function Questions({
  connection: { id },
  need,
}: {
  readonly connection: Connection;
  readonly need: Extract<ConnectionNeed, { kind: 'questions' }>;
}) {
  const { texts } = useWords();
  const answer = useAction('connections.answer');
  const [answers, setAnswers] = useState<readonly string[]>(() => need.prompts.map(() => ''));
  return (
    <form
      className={css.need}
      onSubmit={(event) => {
        event.preventDefault();
        setAnswers(need.prompts.map(() => ''));
        void answer.run({ id, answers: [...answers] });
      }}
    >
      {need.title !== '' && <p className={css.soft}>{need.title}</p>}
      {need.prompts.map((prompt, index) => (
        <Field
          // biome-ignore lint/suspicious/noArrayIndexKey: two prompts may say the same
          key={index}
          label={prompt.text}
          type={prompt.echo ? 'text' : 'password'}
          value={answers[index] ?? ''}
          onChange={(event) =>
            setAnswers((before) => before.map((old, at) => (at === index ? event.target.value : old)))
          }
        />
      ))}
      <Button type="submit" busy={answer.running}>
        {texts.connections.answer}
      </Button>
    </form>
  );
}
