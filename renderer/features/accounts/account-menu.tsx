import { ChevronsUpDown, LogOut, Plus, Stethoscope, Trash2, UserRound } from 'lucide-react';
import type { AccountEntry } from '../../../shared/model/session.ts';
import type { Result } from '../../../shared/result.ts';
import { Menu, type MenuEntry } from '../../components/menu.tsx';
import { StateMark } from '../../components/state-mark.tsx';
import { show, useEngine } from '../../store/context.ts';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import { say, useRemoval } from '../toasts/index.ts';
import css from './account-menu.module.css';
import { PartyChoice } from './party-choice.tsx';

/** Who works where; other accounts, other names to work in, and the way out. */
export function AccountMenu() {
  const words = useWords();
  const { texts } = words;
  const session = useEngine((engine) => engine.session);
  const accounts = useEngine((engine) => engine.accounts);
  const signOut = useRemoval('session.signOut');
  const change = useAction('session.switch');
  const forget = useRemoval('session.forget');
  const setParty = useAction('session.setParty');
  const isBusy = [signOut, change, forget, setParty].some(({ running }) => running);
  if (session.kind !== 'open') return null;
  const { id, user, instance, email } = session.account;
  const where = instance.kind === 'local' ? texts.account.local : instance.name;
  const others = Object.values(accounts).filter((entry) => !entry.open);
  const named = ({ account }: AccountEntry) => ({
    user: account.user,
    where: account.instance.kind === 'local' ? texts.account.local : account.instance.name,
  });

  /** The menu is closed by then: what went wrong is said where news are. */
  const tell = (answer: Result<unknown>) => {
    if (!answer.ok) say(words.error(answer.error));
  };

  const entries: MenuEntry[] = [
    ...others.map((entry) => ({
      text: words.say(texts.accounts.switchTo, named(entry)),
      icon: <UserRound />,
      onChoose: () => void change.run({ accountId: entry.id }).then(tell),
    })),
    { text: texts.accounts.add, icon: <Plus />, apart: true, onChoose: () => show('new-account') },
    { text: texts.diagnostics.show, icon: <Stethoscope />, onChoose: () => show('diagnostics') },
    ...others.map((entry) => ({
      text: words.say(texts.accounts.forget, named(entry)),
      icon: <Trash2 />,
      onChoose: () => void forget.run({ accountId: entry.id }, entry.account.user).then(tell),
    })),
    {
      text: texts.account.signOut,
      icon: <LogOut />,
      apart: true,
      onChoose: () => void signOut.run({}, user).then(tell),
    },
  ];

  return (
    <Menu
      align="start"
      trigger={
        <button type="button" className={css.account} aria-busy={isBusy}>
          <span className="unseen">{texts.account.label}: </span>
          <span className={css.face} aria-hidden="true">
            {user.slice(0, 1).toUpperCase()}
          </span>
          <span className={css.who}>
            <span className={css.user}>{session.account.party?.name ?? user}</span>{' '}
            <span className={css.where}>{where}</span>
          </span>
          {isBusy ? <StateMark mark="working" /> : <ChevronsUpDown className={css.more} aria-hidden="true" />}
        </button>
      }
      entries={entries}
    >
      <div className={css.menuHead}>
        <div className={css.user}>{user}</div>
        <div className={css.where}>{email ?? where}</div>
      </div>
      <PartyChoice
        accountId={id}
        onChoose={(partyId) =>
          void setParty.run({ accountId: id, ...(partyId === undefined ? {} : { partyId }) }).then(tell)
        }
      />
    </Menu>
  );
}
