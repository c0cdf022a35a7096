import { Button } from '../../components/button.tsx';
import { Dialog, DialogActions } from '../../components/dialog.tsx';
import { ErrorNotice } from '../../components/error-notice.tsx';
import { TextBox } from '../../components/text-box.tsx';
import { useEngine } from '../../store/context.ts';
import { useAction } from '../../store/use-action.ts';
import { useWords } from '../../words/use-words.ts';

/** What an agent asks for stands before everything else until the person has answered; leaving it is a no. */
export function AgentQuestion() {
  const words = useWords();
  const { agents: texts, desktop } = words.texts;
  const question = useEngine((engine) => engine.agents.questions[0]);
  const answer = useAction('agents.answer');
  if (question === undefined) return null;
  const { id, agent, action, subject, detail } = question;
  const say = (allow: 'no' | 'once' | 'hour') => void answer.run({ id, allow });
  const values = {
    agent: agent.name,
    action: words.say(desktop.activity.actions[action], { name: subject?.name ?? '' }),
  };
  return (
    <Dialog
      key={id}
      open
      title={words.say(texts.title, values)}
      text={words.say(texts.text, values)}
      onClose={() => say('no')}
    >
      {detail !== undefined && <TextBox label={texts.detail} text={detail} />}
      {answer.error !== undefined && <ErrorNotice live error={answer.error} />}
      <DialogActions>
        <Button onClick={() => say('no')}>{texts.no}</Button>
        <Button busy={answer.running} onClick={() => say('hour')}>
          {texts.hour}
        </Button>
        <Button look="primary" busy={answer.running} onClick={() => say('once')}>
          {texts.once}
        </Button>
      </DialogActions>
    </Dialog>
  );
}
