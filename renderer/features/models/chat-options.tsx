import { Field } from '../../components/field.tsx';
import { useWords } from '../../words/use-words.ts';
import css from './chat-options.module.css';
import { type Conversation, readMaxTokens, readTemperature } from './conversation.ts';

/** How the model is asked. Empty leaves the choice to the server. */
export function ChatOptions({
  conversation,
  onChange,
}: {
  readonly conversation: Conversation;
  readonly onChange: (change: (before: Conversation) => Conversation) => void;
}) {
  const { chat: texts } = useWords().texts;
  const { system, temperature, maxTokens } = conversation;
  const set =
    (key: 'system' | 'temperature' | 'maxTokens') =>
    ({ target: { value } }: React.ChangeEvent<HTMLInputElement>) =>
      onChange((before) => ({ ...before, [key]: value }));
  return (
    <div className={css.options}>
      <Field label={texts.system} value={system} onChange={set('system')} />
      <Field
        label={texts.temperature}
        inputMode="decimal"
        placeholder={texts.serverChooses}
        value={temperature}
        error={readTemperature(temperature) === undefined ? texts.temperatureInvalid : undefined}
        onChange={set('temperature')}
      />
      <Field
        label={texts.maxTokens}
        inputMode="numeric"
        placeholder={texts.serverChooses}
        value={maxTokens}
        error={readMaxTokens(maxTokens) === undefined ? texts.tokensInvalid : undefined}
        onChange={set('maxTokens')}
      />
    </div>
  );
}
