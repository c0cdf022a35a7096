import { ChevronsUpDown, LogOut, Plus, Stethoscope, Trash2, UserRound } from 'lucide-react';
import { useState } from 'react';
import type { AccountEntry } from '../../../shared/model/session.ts';
import type { Result } from '../../../shared/result.ts';
import { Dialog } from '../../components/dialog.tsx';
import { Menu, type MenuEntry } from '../../components/menu.tsx';
import { useEngine } from '../../store/context.ts';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import { SignInForm } from '../first-run/sign-in-form.tsx';
import { say } from '../toasts/toasts.tsx';
import css from './account-menu.module.css';
import { DiagnosticsDialog } from './diagnostics-dialog.tsx';
import { PartyChoice } from './party-choice.tsx';

/** Who works where; other accounts, other names to work in, and the way out. */
export function AccountMenu() {
  const words = useWords();
  const { texts } = words;
  const session = useEngine((engine) => engine.session);
  const accounts = useEngine((engine) => engine.accounts);
  const signOut = useAction('session.signOut');
  const change = useAction('session.switch');
  const forget = useAction('session.forget');
  const [dialog, setDialog] = useState<'add' | 'diagnostics'>();
  if (session.kind !== 'open') return null;
  const { user, instance, email } = session.account;
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
    { text: texts.accounts.add, icon: <Plus />, apart: true, onChoose: () => setDialog('add') },
    { text: texts.diagnostics.show, icon: <Stethoscope />, onChoose: () => setDialog('diagnostics') },
    ...others.map((entry) => ({
      text: words.say(texts.accounts.forget, named(entry)),
      icon: <Trash2 />,
      onChoose: () => void forget.run({ accountId: entry.id }).then(tell),
    })),
    {
      text: texts.account.signOut,
      icon: <LogOut />,
      apart: true,
      onChoose: () => void signOut.run({}).then(tell),
    },
  ];

  return (
    <>
      <Menu
        align="start"
        trigger={
          <button type="button" className={css.account}>
            <span className="unseen">{texts.account.label}: </span>
            <span className={css.face} aria-hidden="true">
              {user.slice(0, 1).toUpperCase()}
            </span>
            <span className={css.who}>
              <span className={css.user}>{session.account.party?.name ?? user}</span>{' '}
              <span className={css.where}>{where}</span>
            </span>
            <ChevronsUpDown className={css.more} aria-hidden="true" />
          </button>
        }
        entries={entries}
      >
        <div className={css.menuHead}>
          <div className={css.user}>{user}</div>
          <div className={css.where}>{email ?? where}</div>
          <PartyChoice accountId={session.account.id} />
        </div>
      </Menu>
      {dialog === 'add' && (
        <Dialog open title={texts.accounts.add} onClose={() => setDialog(undefined)}>
          <SignInForm disabled={false} onDone={() => setDialog(undefined)} />
        </Dialog>
      )}
      {dialog === 'diagnostics' && <DiagnosticsDialog onClose={() => setDialog(undefined)} />}
    </>
  );
}
