import { Button, Dropdown, Menu } from '@grafana/ui';
import { inSentence } from '../../../i18n/inSentence.ts';

export interface ChoiceMenuProps {
  /** What is chosen, such as "Group by". */
  readonly label: string;
  readonly options: ReadonlyArray<{ readonly value: string; readonly label: string }>;
  /** The first option where it is none of them. */
  readonly value: string;
  readonly onChange: (value: string) => void;
}

/** One of a few, in the room of a button. */
export function ChoiceMenu({ label, options, value, onChange }: ChoiceMenuProps) {
  const chosen = options.find((option) => option.value === value) ?? options[0];
  const menu = () => (
    <Menu>
      {options.map((option) => (
        <Menu.Item
          key={option.value}
          label={option.label}
          role="menuitemradio"
          ariaChecked={option === chosen}
          active={option === chosen}
          onClick={() => onChange(option.value)}
        />
      ))}
    </Menu>
  );
  return (
    <Dropdown overlay={menu} placement="bottom-start">
      <Button variant="secondary" fill="outline" icon="angle-down" iconPlacement="right">
        {`${label}: ${inSentence(chosen?.label ?? '')}`}
      </Button>
    </Dropdown>
  );
}
