import { Button } from '../../components/button.tsx';
import { useEngine } from '../../store/context.ts';
import { useNow } from '../../store/now.ts';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';
import { SettingRow, SettingSection } from './setting-row.tsx';

/** Agents that act without asking for a while, and the end of it; nothing while there are none. */
export function AgentsSection() {
  const words = useWords();
  const { agents: texts } = words.texts;
  const now = useNow(30_000);
  const allowed = useEngine((engine) => engine.agents.allowed);
  const forbid = useAction('agents.forbid');
  const until = Math.max(0, ...allowed.map((one) => one.until));
  if (until <= now) return null;
  const names = [...new Set(allowed.map(({ agent }) => agent.name))].join(', ');
  return (
    <SettingSection title={texts.section}>
      <SettingRow title={names} hint={words.say(texts.allowed, { time: words.age(until - now) })}>
        <Button busy={forbid.running} onClick={() => void forbid.run({})}>
          {texts.forbid}
        </Button>
      </SettingRow>
    </SettingSection>
  );
}
