import { forwardRef, type ComponentPropsWithoutRef } from 'react';
import { useHost } from './HostContext.ts';
import { isPlainClick } from './isPlainClick.ts';

export interface AppLinkProps extends Omit<ComponentPropsWithoutRef<'a'>, 'href'> {
  /** Place within Pharos, such as `/alerts?state=firing`. */
  readonly to: string;
}

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
