import { Toggle } from '@base-ui/react/toggle';
import { ToggleGroup } from '@base-ui/react/toggle-group';
import css from './segmented.module.css';

/** One of a few, all of them in sight. */
export function Segmented<V extends string>({
  label,
  value,
  options,
  onChange,
  disabled = false,
}: {
  readonly label: string;
  readonly value: V;
  readonly options: readonly { readonly value: V; readonly text: string }[];
  readonly onChange: (value: V) => void;
  readonly disabled?: boolean;
}) {
  return (
    <ToggleGroup
      className={css.group}
      aria-label={label}
      value={[value]}
      disabled={disabled}
      onValueChange={(values) => {
        // The one that is chosen cannot be let go of: then nothing would be chosen.
        const chosen = (values as V[])[0];
        if (chosen !== undefined) onChange(chosen);
      }}
    >
      {options.map((option) => (
        <Toggle key={option.value} value={option.value} className={css.option}>
          {option.text}
        </Toggle>
      ))}
    </ToggleGroup>
  );
}
