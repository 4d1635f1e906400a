import { Text } from '@grafana/ui';

export interface DrawerTitleProps {
  readonly title: string;
  readonly subtitle?: string | undefined;
}

/** Title of a drawer as the heading below the page's own: a plain text would become one of the third level. */
export function DrawerTitle({ title, subtitle }: DrawerTitleProps) {
  return (
    <>
      <Text element="h2" variant="h3" truncate>
        {title}
      </Text>
      {subtitle !== undefined && <Text color="secondary">{subtitle}</Text>}
    </>
  );
}
