import { forwardRef, type ComponentPropsWithoutRef, type MouseEvent } from 'react';
import { useHost } from './HostContext.ts';

export interface AppLinkProps extends Omit<ComponentPropsWithoutRef<'a'>, 'href'> {
  /** Place within Pharos, such as `/alerts?state=firing`. */
  readonly to: string;
}

const isPlainClick = (event: MouseEvent): boolean =>
  event.button === 0 && !event.metaKey && !event.ctrlKey && !event.shiftKey && !event.altKey;

/** A real anchor that moves within Pharos without loading the page anew. */
export const AppLink = forwardRef<HTMLAnchorElement, AppLinkProps>(function AppLink({ to, onClick, ...rest }, ref) {
  const { navigation } = useHost();
  return (
    <a
      {...rest}
      ref={ref}
      href={navigation.href(to)}
      onClick={(event) => {
        onClick?.(event);
        if (!event.defaultPrevented && isPlainClick(event)) {
          event.preventDefault();
          navigation.go(to);
        }
      }}
    />
  );
});
