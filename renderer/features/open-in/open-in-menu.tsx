import { AppWindow, Code, Database, FolderOpen, Globe, SquareTerminal } from 'lucide-react';
import { type ComponentType, useMemo } from 'react';
import type { RequestInput } from '../../../shared/contract/requests.ts';
import type { ProgramKind } from '../../../shared/model/program.ts';
import type { OpenTarget } from '../../../shared/open-in/index.ts';
import { Button } from '../../components/button.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { Menu } from '../../components/menu.tsx';
import { useShell } from '../../store/context.ts';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import { openInCommands } from './open-in-commands.ts';

const icons: Readonly<Record<ProgramKind, ComponentType>> = {
  terminal: SquareTerminal,
  editor: Code,
  gateway: Code,
  files: FolderOpen,
  client: Database,
  browser: Globe,
};

/** The programs of this computer that can open it, each with the line that does the same. Nothing while there are none. */
export function OpenInMenu({
  of,
  id,
  name,
  target,
}: {
  readonly of: RequestInput<'shell.openIn'>['of'];
  readonly id: string;
  readonly name: string;
  readonly target: OpenTarget | undefined;
}) {
  const words = useWords();
  const { openIn: texts } = words.texts;
  const programs = useShell((shell) => shell.programs);
  const open = useAction('shell.openIn');
  const choices = useMemo(() => openInCommands(of, id, target, programs), [of, id, target, programs]);
  if (choices.length === 0) return null;
  return (
    <>
      <Menu
        trigger={
          <Button
            icon={<AppWindow aria-hidden="true" />}
            busy={open.running}
            aria-label={words.say(texts.of, { name })}
          >
            {texts.title}
          </Button>
        }
        entries={choices.map(({ program, command, input }) => {
          const Icon = icons[program.kind];
          return {
            text: program.name,
            detail: command,
            icon: <Icon />,
            onChoose: () => void open.run(input),
          };
        })}
      />
      {open.error !== undefined && <ErrorNotice live error={open.error} />}
    </>
  );
}
