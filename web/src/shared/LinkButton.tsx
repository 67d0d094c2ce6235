import { Button, type ButtonProps } from 'antd';
import type { MouseEvent, ReactNode } from 'react';
import { useHref, useLinkClickHandler } from 'react-router';

interface Props extends Pick<ButtonProps, 'type' | 'size' | 'icon' | 'className'> {
  to: string;
  children: ReactNode;
}

/** A link that looks like a button: one element, opened in a new tab like any link. */
export function LinkButton({ to, children, ...rest }: Props) {
  const href = useHref(to);
  const follow = useLinkClickHandler<HTMLAnchorElement>(to);
  return (
    <Button href={href} onClick={(event) => follow(event as MouseEvent<HTMLAnchorElement>)} {...rest}>
      {children}
    </Button>
  );
}
